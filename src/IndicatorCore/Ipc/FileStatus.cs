using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IndicatorCore.Ipc;

/// <summary>
/// What the file system says of a file: what it is, and by what one tells that it is still the same (device, inode, size, time of
/// change in nanoseconds; decisions D8). Source: statx(2).
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="ModifiedNanoseconds">Its last change, in nanoseconds since 1970 (in steps of 100 where statx is missing).</param>
/// <param name="Device">The file system; 0 where statx is missing.</param>
/// <param name="Inode">Its number there; 0 where statx is missing.</param>
internal readonly partial record struct FileStatus(FileKind Kind, long Length, long ModifiedNanoseconds, ulong Device, ulong Inode)
{
    private const int CurrentFolder = -100;    // AT_FDCWD
    private const int EmptyPath = 0x1000;      // AT_EMPTY_PATH: the handle itself
    private const uint BasicStatistics = 0x7ff;
    private const int PermissionDenied = 13;   // EACCES
    private const int NotThere = 2;            // ENOENT
    private const int NotADirectory = 20;      // ENOTDIR
    private const int NameTooLong = 36;        // ENAMETOOLONG
    private const int TooManyLinks = 40;       // ELOOP

    /// <summary>Whether it can only be read from its first byte to its last, once.</summary>
    public bool IsSequential => Kind is FileKind.Pipe or FileKind.Device or FileKind.Socket;

    /// <summary>What it is, for messages.</summary>
    public string Description => Kind switch
    {
        FileKind.Regular => "a file",
        FileKind.Directory => "a directory",
        FileKind.Pipe => "a pipe",
        FileKind.Socket => "a socket",
        _ => "a device",
    };

    /// <summary>The status of an open file.</summary>
    /// <exception cref="IOException">The file system fails.</exception>
    public static FileStatus Of(SafeFileHandle handle) =>
        Native(handle) ?? new FileStatus(FileKind.Regular, RandomAccess.GetLength(handle), Nanoseconds(File.GetLastWriteTimeUtc(handle)), Device: 0, Inode: 0);

    /// <summary>The status of what a path leads to, or null when that does not exist (a link may lead nowhere, or in circles).</summary>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be searched.</exception>
    /// <exception cref="PathTooLongException">The system does not take so long a path.</exception>
    public static FileStatus? Of(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        return TryNative(CurrentFolder, path, 0, out var status) switch
        {
            0 => status,
            NotThere or NotADirectory or TooManyLinks => null,
            PermissionDenied => throw new UnauthorizedAccessException($"Access to the path '{path}' is denied"),
            NameTooLong => throw new PathTooLongException($"The path '{path}' is longer than the system takes"),
            _ => Portable(path),
        };
    }

    private static FileStatus? Native(SafeFileHandle handle)
    {
        var isHeld = false;
        try
        {
            handle.DangerousAddRef(ref isHeld);
            return TryNative((int)handle.DangerousGetHandle(), string.Empty, EmptyPath, out var status) == 0 ? status : null;
        }
        finally
        {
            if (isHeld)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>Gives 0, an error number, or -1 where there is no statx.</summary>
    private static int TryNative(int folder, string path, int flags, out FileStatus status)
    {
        status = default;
        if (!OperatingSystem.IsLinux())
        {
            return -1;
        }

        try
        {
            if (Statx(folder, path, flags, BasicStatistics, out var found) != 0)
            {
                return Marshal.GetLastPInvokeError();
            }

            status = new FileStatus(
                KindOf(found.Mode),
                (long)found.Size,
                (found.ModifiedSeconds * 1_000_000_000) + found.ModifiedNanoseconds,
                ((ulong)found.DeviceMajor << 32) | found.DeviceMinor,
                found.Inode);
            return 0;
        }
        catch (Exception missing) when (missing is EntryPointNotFoundException or DllNotFoundException)
        {
            return -1;
        }
    }

    private static FileStatus? Portable(string path)
    {
        if (Directory.Exists(path))
        {
            return new FileStatus(FileKind.Directory, 0, 0, 0, 0);
        }

        var file = new FileInfo(path);
        return !file.Exists || file.ResolveLinkTarget(returnFinalTarget: true) is { Exists: false }
            ? null
            : new FileStatus(FileKind.Regular, file.Length, Nanoseconds(file.LastWriteTimeUtc), 0, 0);
    }

    private static FileKind KindOf(ushort mode) => (mode & 0xF000) switch
    {
        0x1000 => FileKind.Pipe,
        0x4000 => FileKind.Directory,
        0x8000 => FileKind.Regular,
        0xC000 => FileKind.Socket,
        _ => FileKind.Device,
    };

    private static long Nanoseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks * 100;

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int folder, string path, int flags, uint mask, out StatxBuffer buffer);

    /// <summary>struct statx, which is the same on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxBuffer
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
