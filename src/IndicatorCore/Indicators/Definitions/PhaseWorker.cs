using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Phases;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>What a thread of a phase indicator keeps between groups and windows.</summary>
internal sealed class PhaseWorker
{
    private readonly Dictionary<int, long> _starts = [];

    /// <summary>The reporting zone.</summary>
    public required ReportingClock Clock { get; init; }

    /// <summary>The group of <see cref="Request"/>.</summary>
    public int Group { get; set; }

    /// <summary>The group last worked on, whose windows follow one another; null at first.</summary>
    public PhaseRequest? Request { get; set; }

    /// <summary>The instant at which a local day begins.</summary>
    public long StartOf(int day)
    {
        if (!_starts.TryGetValue(day, out var start))
        {
            _starts.Add(day, start = Clock.StartOf(day));
        }

        return start;
    }
}
