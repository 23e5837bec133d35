namespace IndicatorCore.Generation.Expectations;

/// <summary>One expected figure, close to a result row of interface 4.</summary>
internal sealed record ExpectedRow
{
    public required string Indicator { get; init; }

    /// <summary>The key of the level, or null without grouping.</summary>
    public string? Key { get; init; }

    /// <summary>The value of the key; null is the group of rows without a leaf.</summary>
    public string? Group { get; init; }

    /// <summary>The first local day covered, or null.</summary>
    public int? WindowStart { get; init; }

    /// <summary>The day after the last one covered, or null.</summary>
    public int? WindowEnd { get; init; }

    public double? Value { get; init; }

    public string? Numerator { get; init; }

    public string? Denominator { get; init; }

    public double? Low { get; init; }

    public double? High { get; init; }

    public required string Status { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Evidence that the ledger knows, in order: numbers, texts, or null.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Evidence { get; init; } = [];
}
