using IndicatorCore.Ipc;

namespace IndicatorCore.Portal.Monitoring;

/// <summary>A file that was seen in the folder.</summary>
/// <param name="path">Its path.</param>
internal sealed class Arrival(string path)
{
    public string Path { get; } = path;

    /// <summary>What it was at the last look.</summary>
    public FileStatus Status { get; set; }

    /// <summary>When it was seen so first.</summary>
    public DateTimeOffset Since { get; set; }

    public ArrivalState State { get; set; }

    /// <summary>What tells that it is still the same.</summary>
    public string Stamp => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Status.Length}|{Status.ModifiedNanoseconds}|{Status.Inode}");

    /// <summary>Why it waits or was set aside.</summary>
    public string? Reason { get; set; }

    /// <summary>Whether the engine could not read it: another attempt is made once, when patience is over.</summary>
    public bool IsFaulty { get; set; }
}
