using System.Numerics;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Figures as rows: status, reason, and what is shown (indicator-definitions 1.7, 10.1).</summary>
internal static class FigureRows
{
    /// <summary>The rows of an indicator and its parts in a scope.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="floors">Whether the profile has floors.</param>
    /// <param name="windowStart">The first local day.</param>
    /// <param name="windowEnd">The day after the last one.</param>
    /// <param name="of">The figures of a scope, the whole before its parts; none where there is no data.</param>
    public static IEnumerable<ExpectedRow> Of(Scope scope, bool floors, int windowStart, int windowEnd, Func<Scope, IReadOnlyList<Figure>> of)
    {
        var figures = of(scope);
        if (figures.Count == 0)
        {
            yield break;
        }

        // Parts take the verdict of their whole.
        var disclosed = scope.IsDisclosed && floors && Disclosure.Suppresses(scope, floors, scope.Factories.Select(factory =>
        {
            var part = of(new Scope("factory", factory.Id, [factory], [.. scope.Lines.Where(line => line.Factory.Index == factory.Index)]));
            return KeyValuePair.Create(factory.Enterprise, part.Count == 0 || part[0].NotAvailable is not null ? BigInteger.Zero : part[0].Weight);
        }));
        foreach (var figure in figures)
        {
            var verdict = Verdict.Of(figure.NotAvailable, [disclosed ? "DISCLOSURE" : null, figure.Suppressed], figure.Flags);
            yield return new ExpectedRow
            {
                Indicator = figure.Indicator,
                Key = scope.Key,
                Group = scope.Group,
                WindowStart = windowStart,
                WindowEnd = windowEnd,
                Value = verdict.Shows ? figure.Value : null,
                Numerator = verdict.Shows ? figure.Numerator : null,
                Denominator = verdict.Shows ? figure.Denominator : null,
                Low = verdict.Shows ? figure.Low : null,
                High = verdict.Shows ? figure.High : null,
                Status = verdict.Status,
                Reason = verdict.Reason,
                Flags = disclosed ? [] : figure.Flags,
                Evidence = disclosed ? [] : figure.Evidence,
            };
        }
    }
}
