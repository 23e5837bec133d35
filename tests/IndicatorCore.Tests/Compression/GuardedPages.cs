using System.Runtime.InteropServices;

namespace IndicatorCore.Tests.Compression;

/// <summary>Memory that ends, and starts, at a page that must not be touched: reading or writing one byte too far ends the process.</summary>
internal sealed unsafe partial class GuardedPages : IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly nint _start;
    private readonly nuint _mapped;
    private readonly int _capacity;

    public GuardedPages(int capacity)
    {
        var page = Environment.SystemPageSize;
        _capacity = (capacity + page - 1) / page * page;
        _mapped = (nuint)(_capacity + (2 * page));
        _start = Map(0, _mapped, 0, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, _start);
        Assert.Equal(0, Protect(_start + page, (nuint)_capacity, ReadWrite));
    }

    /// <summary>The last <paramref name="length"/> bytes before the guard.</summary>
    public Span<byte> AtEnd(int length) =>
        new((byte*)_start + Environment.SystemPageSize + _capacity - length, length);

    /// <summary>The first <paramref name="length"/> bytes behind the guard.</summary>
    public Span<byte> AtStart(int length) => new((byte*)_start + Environment.SystemPageSize, Math.Min(length, _capacity));

    public void Dispose() => _ = Unmap(_start, _mapped);

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint address, nuint length);
}
