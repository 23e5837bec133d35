using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State;

/// <summary>What is known of one store before all rows are read.</summary>
internal sealed class StoreCensus
{
    /// <summary>The different keys that samples had.</summary>
    public DistinctCount Keys { get; } = new();

    /// <summary>Rows that feed it, by the inputs' footers.</summary>
    public long Rows { get; set; }

    /// <summary>Bytes that a slot takes at least.</summary>
    public required int BytesPerSlot { get; init; }

    /// <summary>Whether it is kept by whole spans, and not by days or hours.</summary>
    public bool IsBySpan { get; init; }

    /// <summary>Whether its slots are no leaf's, so that leaves and panes do not bound them.</summary>
    public bool IsUnbounded { get; init; }
}
