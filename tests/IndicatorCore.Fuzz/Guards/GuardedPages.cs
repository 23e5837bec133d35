using System.ComponentModel;
using System.Runtime.InteropServices;

namespace IndicatorCore.Fuzz.Guards;

/// <summary>Memory that ends, and starts, at a page that must not be touched: reading or writing one byte too far ends the process.</summary>
/// <remarks>Linux only. Where guards are not to be had (<see cref="AreAvailable"/>), callers use common memory.</remarks>
internal sealed unsafe partial class GuardedPages : IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;

    private readonly nint _start;
    private readonly nuint _mapped;

    public GuardedPages(int capacity)
    {
        var page = Environment.SystemPageSize;
        Capacity = Math.Max(1, (capacity + page - 1) / page) * page;
        _mapped = (nuint)(Capacity + (2 * page));
        _start = Map(0, _mapped, 0, PrivateAnonymous, -1, 0);
        if (_start == -1 || Protect(_start + page, (nuint)Capacity, ReadWrite) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), "Guarded pages cannot be had.");
        }
    }

    public static bool AreAvailable => OperatingSystem.IsLinux();

    /// <summary>The bytes between the guards.</summary>
    public int Capacity { get; }

    /// <summary>The first byte behind the first guard.</summary>
    public byte* First => (byte*)_start + Environment.SystemPageSize;

    /// <summary>The last <paramref name="length"/> bytes before the guard.</summary>
    public Span<byte> AtEnd(int length) => new(First + Capacity - length, length);

    /// <summary>The first <paramref name="length"/> bytes behind the guard.</summary>
    public Span<byte> AtStart(int length) => new(First, Math.Min(length, Capacity));

    public void Dispose() => _ = Unmap(_start, _mapped);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint address, nuint length);
}
