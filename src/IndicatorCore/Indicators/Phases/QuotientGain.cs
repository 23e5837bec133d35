using System.Numerics;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Indicators.Phases;

/// <summary>What a quotient gained: its value after over its value in the baseline, less 1; lines are pooled by phase.</summary>
internal static class QuotientGain
{
    /// <summary>The figure.</summary>
    /// <param name="request">Go-lives, reference date, window, given phases and profile.</param>
    /// <param name="lines">The cells by line.</param>
    /// <param name="form">The id.</param>
    /// <param name="hasDenominator">Whether there is a denominator, which disclosure weighs then.</param>
    /// <param name="places">The decimal places of a numerator times a denominator.</param>
    /// <exception cref="ArgumentException">Only one of the two given phases is set.</exception>
    public static PhaseFigure Compute(PhaseRequest request, LineCells<QuotientCell> lines, IndexForm form, bool hasDenominator, int places)
    {
        var above = new BigInteger[2];
        var below = new BigInteger[2];
        var shares = new SortedDictionary<string, LineShare>(StringComparer.Ordinal);
        var survey = PhaseSurvey.Of(request, lines, (phase, cell) =>
        {
            above[phase] += cell.Above;
            below[phase] += cell.Below;
            if (phase == 1)
            {
                var key = cell.Line ?? string.Empty;
                var share = shares.TryGetValue(key, out var known) ? known : new LineShare(cell.Line, BigInteger.Zero);
                shares[key] = share with { Input = share.Input + BigInteger.Abs(hasDenominator ? cell.Below : cell.Above) };
            }
        });
        if (!hasDenominator)
        {
            below = [BigInteger.One, BigInteger.One];
        }

        var composer = new PhaseComposer(request, form, survey.Sample);
        var (numerator, denominator) = (above[1] * below[0], below[1] * above[0]);
        var unavailable = request.Unavailable(survey.Sample)
            ?? (below[0].IsZero || denominator.IsZero ? ResultReason.ZeroDenominator : (ResultReason?)null);
        var floor = composer.Floor(request.Profile);
        var flags = survey.Sample.Flags;
        var verdict = new PhaseVerdict
        {
            Tally = new PhaseTally(),
            Flags = flags,
            Status = unavailable is not null ? ResultStatus.NotAvailable
                : floor is not null ? ResultStatus.Suppressed
                : flags == ResultFlags.None ? ResultStatus.Published : ResultStatus.PublishedWithWarning,
            Reason = unavailable ?? floor,
        };
        var evidence = composer.Evidence(verdict.Tally, input: null, survey.Valid, survey.Missing);
        evidence = evidence with { Additional = [.. evidence.Additional.Where(static pair => !pair.Key.StartsWith("matched_", StringComparison.Ordinal))] };
        var figure = composer.Figure(form.Indicator, verdict, evidence) with { MatchedByLine = [.. shares.Values] };
        return !verdict.IsPublished ? figure : figure with
        {
            Value = ExactRatio.ToDouble(numerator - denominator, denominator),
            Numerator = new ExactNumber(numerator, places),
            Denominator = new ExactNumber(denominator, places),
        };
    }
}
