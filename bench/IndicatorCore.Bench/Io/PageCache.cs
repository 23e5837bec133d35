using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IndicatorCore.Bench.Io;

/// <summary>Makes a file cold: asks the system to let go of its pages. Other files stay as they are.</summary>
internal static partial class PageCache
{
    private const int DontNeed = 4;

    /// <summary>Drops a file's pages from the page cache; false where that cannot be asked for.</summary>
    public static bool Drop(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        RandomAccess.FlushToDisk(file);
        return Advise(file, 0, 0, DontNeed) == 0;
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);
}
