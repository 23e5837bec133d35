using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Serving;

/// <summary>What <c>watch</c> is asked.</summary>
internal sealed record WatchRun
{
    /// <summary>The folder, as typed.</summary>
    public required string Folder { get; init; }

    /// <summary>The question.</summary>
    public required IndicatorQuery Query { get; init; }

    /// <summary>Reads it anew.</summary>
    public required Func<IndicatorQuery> Reload { get; init; }

    /// <summary>The files it is made of.</summary>
    public required IReadOnlyList<string> Settings { get; init; }

    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The windows beside the default one.</summary>
    public required IReadOnlyList<Window> Windows { get; init; }

    /// <summary>Where publications are kept, as typed, or null.</summary>
    public string? Store { get; init; }

    /// <summary>The rules of alerts, as typed, or null.</summary>
    public string? Alerts { get; init; }

    /// <summary>The time between two looks.</summary>
    public required TimeSpan Every { get; init; }

    /// <summary>Whether to end when all that is there was taken.</summary>
    public bool IsOnce { get; init; }

    /// <summary>Whether to say nothing but alerts and what does not work.</summary>
    public bool IsQuiet { get; init; }
}
