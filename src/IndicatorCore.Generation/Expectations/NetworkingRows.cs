using System.Numerics;

namespace IndicatorCore.Generation.Expectations;

/// <summary>The rows of <c>knr</c>, <c>knr.sustained</c> and <c>n_unregistered</c> (indicator-definitions 2).</summary>
internal static class NetworkingRows
{
    public static IEnumerable<ExpectedRow> Of(Scope scope, bool floors, NetworkingLedger ledger, int referenceDay)
    {
        var count = ledger.Count(scope.Lines);
        var disclosed = scope.IsDisclosed && floors && Disclosure.Suppresses(
            scope, floors, scope.Factories.Select(factory => KeyValuePair.Create(
                factory.Enterprise, (BigInteger)ledger.Count(scope.Lines.Where(line => line.Factory.Index == factory.Index)).Population)));

        // "Do not publish if |K| < 5 (factory or above; < 3 for workshop or line)."
        var verdict = Verdict.Of(
            count.Population == 0 ? "ZERO_DENOMINATOR" : null,
            [disclosed ? "DISCLOSURE" : null, floors && count.Population < (scope.IsLine ? 3 : 5) ? "TOO_FEW_DEVICES" : null],
            []);
        yield return Share("knr", count.Basic);
        yield return Share("knr_5g", ledger.CountOverNr(scope.Lines).KeyDevices);
        yield return Share("knr.sustained", count.Sustained);
        if (scope.Key is null)
        {
            yield return UnregisteredRow(ledger, null, referenceDay, disclosed);
        }

        ExpectedRow Share(string indicator, int networked) => new()
        {
            Indicator = indicator,
            Key = scope.Key,
            Group = scope.Group,
            WindowStart = ledger.WindowStart,
            WindowEnd = referenceDay,
            Value = verdict.Shows ? Exact.Nearest(networked, count.Population) : null,
            Numerator = verdict.Shows ? Exact.Text(networked, 0) : null,
            Denominator = verdict.Shows ? Exact.Text(count.Population, 0) : null,
            Status = verdict.Status,
            Reason = verdict.Reason,
        };
    }

    /// <summary>
    /// Unregistered devices have no leaf, so by factory and by line they stand in the null group. "it carries UNREGISTERED_DEVICES"
    /// (10.2) is read as: when there are any.
    /// </summary>
    public static ExpectedRow UnregisteredRow(NetworkingLedger ledger, string? key, int referenceDay, bool disclosed)
    {
        var count = ledger.CountUnregistered();
        IReadOnlyList<string> flags = count > 0 && !disclosed ? ["UNREGISTERED_DEVICES"] : [];
        var verdict = Verdict.Of(null, [disclosed ? "DISCLOSURE" : null], flags);
        return new ExpectedRow
        {
            Indicator = "n_unregistered",
            Key = key,
            WindowStart = ledger.WindowStart,
            WindowEnd = referenceDay,
            Value = verdict.Shows ? count : null,
            Numerator = verdict.Shows ? Exact.Text(count, 0) : null,
            Status = verdict.Status,
            Reason = verdict.Reason,
            Flags = flags,
        };
    }
}
