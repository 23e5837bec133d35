using System.Numerics;

namespace IndicatorCore.Generation.Expectations;

/// <summary>The rows of <c>lat_p50</c>, <c>lat_p95</c>, <c>lat_p99</c> and their <c>_rx</c> (indicator-definitions 6).</summary>
internal static class LatencyRows
{
    public static IEnumerable<ExpectedRow> Of(Scope scope, bool floors, Ledger ledger, int firstDay, int referenceDay)
    {
        var count = ledger.Latency.Of(scope.Lines);
        if (count.Received == 0)
        {
            yield break;
        }

        foreach (var percent in (int[])[50, 95, 99])
        {
            foreach (var ofSent in (bool[])[true, false])
            {
                // Sent packets are what a figure is made of.
                var disclosed = Disclosure.Suppresses(scope, floors, scope.Factories.Select(factory =>
                {
                    var part = ledger.Latency.Of(scope.Lines.Where(line => line.Factory.Index == factory.Index));
                    return KeyValuePair.Create(factory.Enterprise, (BigInteger)(ofSent ? part.Valid + part.Lost : part.Valid));
                }));
                var value = count.Quantile(percent, ofSent);
                var size = ofSent ? count.Valid + count.Lost : count.Valid;
                var verdict = Verdict.Of(
                    size == 0 ? "NO_DATA" : value is null ? "LOSS_EXCEEDS_TAIL" : null, [disclosed ? "DISCLOSURE" : null], []);
                yield return new ExpectedRow
                {
                    Indicator = ofSent ? $"lat_p{percent}" : $"lat_p{percent}_rx",
                    Key = scope.Key,
                    Group = scope.Group,
                    WindowStart = firstDay,
                    WindowEnd = referenceDay,
                    Value = verdict.Shows ? Exact.Nearest(value!.Value, 1_000_000) : null,
                    Status = verdict.Status,
                    Reason = verdict.Reason,
                    Evidence = disclosed ? [] :
                    [
                        new("n_received", count.Received), new("n_valid", count.Valid), new("n_missing", count.Missing), new("n_lost", count.Lost),
                    ],
                };
            }
        }
    }
}
