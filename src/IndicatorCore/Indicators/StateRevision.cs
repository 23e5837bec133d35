namespace IndicatorCore.Indicators;

/// <summary>One revision of a state: what was new in it (indicator-definitions 1.3, late data).</summary>
public sealed record StateRevision
{
    /// <summary>The number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The reference date R of its report, UTC nanoseconds since 1970, or null without any accepted event.</summary>
    public long? AsOf { get; init; }

    /// <summary>The inputs that came in with it, and which of their batches.</summary>
    public IReadOnlyList<StateInput> Inputs { get; init; } = [];
}
