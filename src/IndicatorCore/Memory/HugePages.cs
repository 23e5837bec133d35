using System.Runtime.InteropServices;

namespace IndicatorCore.Memory;

/// <summary>
/// Asks the system for pages of 2 MiB behind large memory: one first touch instead of 512, and far fewer misses of address translation where records are
/// met in any order. A wish: where it is not heard, nothing changes.
/// </summary>
internal static partial class HugePages
{
    /// <summary>The size of such a page, and what memory should be aligned to.</summary>
    public const int Size = 1 << 21;

    private const int Wanted = 14;   // MADV_HUGEPAGE

    /// <summary>Asks for them over the whole pages of a range that was not touched yet.</summary>
    /// <param name="address">Its first byte.</param>
    /// <param name="bytes">Its length.</param>
    public static void Ask(nint address, long bytes)
    {
        var first = (address + Size - 1) & -Size;
        var length = (address + bytes - first) & -Size;
        if (length > 0 && OperatingSystem.IsLinux())
        {
            _ = Advise(first, (nuint)length, Wanted);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nuint length, int advice);
}
