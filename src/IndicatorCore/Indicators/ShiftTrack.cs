using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators;

/// <summary>One shift by name and times of day, and the factories that have it: what windows by shift are cut by.</summary>
/// <param name="name">The shift's name.</param>
/// <param name="start">The local time of day at which it begins.</param>
/// <param name="end">The local time of day at which it ends; not after <paramref name="start"/> = on the next day.</param>
/// <param name="factories">The factories that list it.</param>
/// <param name="others">Null, or the factories with shifts of their own where every other one has this shift, and so has what belongs to no factory.</param>
internal sealed class ShiftTrack(string name, TimeSpan start, TimeSpan end, IReadOnlySet<string> factories, IReadOnlySet<string>? others)
{
    /// <summary>The name.</summary>
    public string Name => name;

    /// <summary>Whether a factory has the shift; null = what belongs to none.</summary>
    public bool IsOf(string? factory) => (factory is not null && factories.Contains(factory)) || (others is not null && (factory is null || !others.Contains(factory)));

    /// <summary>The span of the shift that begins on a local day; empty where the clock leaves it out.</summary>
    public (long Start, long End) SpanOf(ReportingClock clock, int day) => (clock.InstantOf(day, start), clock.InstantOf(end > start ? day : day + 1, end));
}
