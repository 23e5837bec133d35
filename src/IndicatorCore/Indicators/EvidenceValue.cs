namespace IndicatorCore.Indicators;

/// <summary>One value of an evidence block: text, number, instant or list of texts; exactly one is set, or none for null.</summary>
public readonly record struct EvidenceValue
{
    /// <summary>A text.</summary>
    public string? Text { get; init; }

    /// <summary>A number.</summary>
    public double? Number { get; init; }

    /// <summary>An exact count.</summary>
    public long? Count { get; init; }

    /// <summary>An instant, UTC nanoseconds since 1970.</summary>
    public long? Instant { get; init; }

    /// <summary>Texts in order.</summary>
    public IReadOnlyList<string>? Texts { get; init; }
}
