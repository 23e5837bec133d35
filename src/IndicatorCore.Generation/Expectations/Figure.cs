using System.Numerics;

namespace IndicatorCore.Generation.Expectations;

/// <summary>A figure of a scope as it would be without disclosure control.</summary>
internal sealed record Figure
{
    public required string Indicator { get; init; }

    public double? Value { get; init; }

    public string? Numerator { get; init; }

    public string? Denominator { get; init; }

    public double? Low { get; init; }

    public double? High { get; init; }

    /// <summary>The reason for which there is none, or null.</summary>
    public string? NotAvailable { get; init; }

    /// <summary>The reason other than disclosure for which it is kept back, or null.</summary>
    public string? Suppressed { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, object>> Evidence { get; init; } = [];

    /// <summary>What disclosure control weighs: the denominator, without one the numerator, without that the valid rows (10.1).</summary>
    public BigInteger Weight { get; init; }

    /// <summary>A plain count.</summary>
    public static Figure Count(string indicator, long count) => new()
    {
        Indicator = indicator,
        Value = count,
        Numerator = Exact.Text(count, 0),
        Weight = count,
    };

    /// <summary>A ratio of integers at scales of their own; its denominator 0 is ZERO_DENOMINATOR.</summary>
    public static Figure Ratio(string indicator, BigInteger numerator, BigInteger denominator, int scale = 0) => new()
    {
        Indicator = indicator,
        Value = denominator.IsZero ? null : Exact.Nearest(numerator, denominator),
        Numerator = Exact.Text(numerator, scale),
        Denominator = Exact.Text(denominator, scale),
        NotAvailable = denominator.IsZero ? "ZERO_DENOMINATOR" : null,
        Weight = denominator,
    };
}
