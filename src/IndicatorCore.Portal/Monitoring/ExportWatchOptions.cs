using IndicatorCore.Indicators;

namespace IndicatorCore.Portal.Monitoring;

/// <summary>How <see cref="ExportWatch"/> works.</summary>
public sealed record ExportWatchOptions
{
    /// <summary>The folder into which exports come, with the folders in it.</summary>
    public required string Folder { get; init; }

    /// <summary>Folders that are passed over although they lie in <see cref="Folder"/>, such as that of the store.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>The time between two looks.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time between the two looks of <see cref="ExportWatch.RunOnceAsync"/>, in which a file that is still being written changes.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When alerts are raised and where they go.</summary>
    public AlertRules Rules { get; init; } = AlertRules.None;

    /// <summary>The secret that posted alerts are signed with, or null for none.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>Files and folders that the recipe was made of (registry, profile ...).</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Reads the question anew from <see cref="Settings"/>, or null where they are not looked at.</summary>
    public Func<IndicatorQuery>? Reload { get; init; }

    /// <summary>Takes a line about what was done, or null.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>Takes a line about what does not work now and is tried again, or null.</summary>
    public Action<string>? Problem { get; init; }

    /// <summary>Takes each alert as it is logged, as one line of JSON, or null.</summary>
    public Action<string>? Raised { get; init; }
}
