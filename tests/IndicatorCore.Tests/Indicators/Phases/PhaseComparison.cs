using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Phases;

namespace IndicatorCore.Tests.Indicators.Phases;

/// <summary>Compares figures to the last bit, evidence included.</summary>
internal static class PhaseComparison
{
    public static void AssertSame(IReadOnlyList<PhaseFigure> expected, IReadOnlyList<PhaseFigure> actual) =>
        Assert.Equal(expected.Select(Text), actual.Select(Text));

    public static string Text(PhaseFigure figure) => string.Join(
        ' ',
        figure.Indicator,
        figure.Span,
        figure.Value?.ToString("R"),
        figure.Low?.ToString("R"),
        figure.High?.ToString("R"),
        figure.Numerator,
        figure.Denominator,
        figure.Status,
        figure.Reason,
        string.Join(',', ResultNames.Of(figure.Flags)),
        string.Join(',', figure.MatchedByLine),
        figure.Evidence with { Additional = [] },
        string.Join(',', figure.Evidence.Additional.Select(
            static pair => $"{pair.Key}={pair.Value with { Texts = null }}{string.Join('+', pair.Value.Texts ?? [])}")));
}
