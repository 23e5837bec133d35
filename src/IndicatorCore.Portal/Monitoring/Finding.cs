namespace IndicatorCore.Portal.Monitoring;

/// <summary>What a rule says now about one thing.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Key">What it is about, within the rule: equal now and later.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Text">In one sentence.</param>
internal sealed record Finding(AlertRule Rule, string Key, FindingVerdict Verdict, string Text)
{
    public string? Indicator { get; init; }

    public IReadOnlyList<KeyValuePair<string, string?>>? Group { get; init; }

    public double? Value { get; init; }

    public double? Threshold { get; init; }
}
