namespace IndicatorCore.Errors;

/// <summary>
/// What the memory budget does not hold could not be kept on disk, or did not come back as it was written: an input or output error, and
/// never one of the data.
/// </summary>
public sealed class SpillException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="problem">What went wrong, in one sentence without a full stop.</param>
    /// <param name="directory">The directory of the spilled data.</param>
    /// <param name="advice">What to do about it.</param>
    /// <param name="inner">The system's error, or null.</param>
    public SpillException(string problem, string directory, string advice, Exception? inner = null)
        : base($"{problem} (spill directory '{directory}'). {advice}", inner) => Directory = directory;

    /// <summary>The directory of the spilled data.</summary>
    public string Directory { get; }
}
