using System.Diagnostics;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>A file system of one mebibyte, mounted for one test.</summary>
internal sealed class FullDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private FullDisk()
    {
        Path = _folder.File("disk");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>Mounts it, or skips the test where that is not allowed.</summary>
    public static FullDisk Mount()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "This needs Linux.");
        var disk = new FullDisk();
        if (Call("mount", "-t", "tmpfs", "-o", "size=1m,mode=777", "tmpfs", disk.Path) != 0)
        {
            disk._folder.Dispose();
            Skip.If(true, "A tmpfs cannot be mounted here.");
        }

        return disk;
    }

    /// <summary>Fills it up to so many free bytes.</summary>
    public void Fill(int free)
    {
        using var file = new FileStream(System.IO.Path.Combine(Path, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(new byte[(1 << 20) - free]);
    }

    /// <summary>The names of what is on it, but for the filler.</summary>
    public IEnumerable<string> Names => Directory.EnumerateFileSystemEntries(Path)
        .Select(static path => System.IO.Path.GetFileName(path))
        .Where(static name => name != "filler")
        .Order(StringComparer.Ordinal);

    public void Dispose()
    {
        Call("umount", Path);
        _folder.Dispose();
    }

    private static int Call(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
