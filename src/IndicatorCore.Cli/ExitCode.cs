namespace IndicatorCore.Cli;

/// <summary>The exit codes of interface 3.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The command line or its settings make no sense.</summary>
    public const int Usage = 2;

    /// <summary>Input data is malformed, unsupported or does not fit; nothing was written.</summary>
    public const int BadData = 3;

    /// <summary>Done, but rows, batches or files were skipped under <c>--on-bad skip</c>.</summary>
    public const int Skipped = 4;

    /// <summary>A check did not hold.</summary>
    public const int CheckFailed = 5;

    /// <summary>Missing files, full disks, memory.</summary>
    public const int Resources = 6;

    /// <summary>Interrupted.</summary>
    public const int Interrupted = 130;
}
