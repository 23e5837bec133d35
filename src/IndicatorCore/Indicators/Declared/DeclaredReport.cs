using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Declared;

/// <summary>Every declared figure of a registry that can be computed, against a report.</summary>
public sealed record DeclaredReport
{
    /// <summary>The figures: by factory, indicator and window, of equals in the registry's order.</summary>
    public required IReadOnlyList<DeclaredFigure> Figures { get; init; }

    /// <summary>What is declared and has no computable counterpart, in the registry's order.</summary>
    public required IReadOnlyList<DeclaredRecord> WithoutCounterpart { get; init; }

    /// <summary>The report of the measured side, whose <see cref="ReportManifest.RowDigest"/> every figure can be traced to.</summary>
    public required IndicatorReport Measured { get; init; }

    /// <summary>Whether a figure is overstated: what <c>--strict</c> fails on.</summary>
    public bool HasOverstated => Figures.Any(static figure => figure.Verdict == DeclaredVerdict.Overstated);
}
