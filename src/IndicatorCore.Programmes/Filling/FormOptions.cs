namespace IndicatorCore.Programmes.Filling;

/// <summary>How a form is filled.</summary>
public sealed record FormOptions
{
    /// <summary>The day on which it is judged; null = no deadline is judged, and registry rows hold at the report's reference date.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Only subjects whose registry keys have these values, such as <c>factory=F001</c>; several must all hold.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Where { get; init; } = [];

    /// <summary>Verdicts on declared figures by subject and indicator, which go before our own (indicator-definitions 10).</summary>
    public IReadOnlyDictionary<(string Subject, string Indicator), string> Verdicts { get; init; } = new Dictionary<(string, string), string>();
}
