using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>All expected rows of a profile, in result order: no grouping, by factory, by line; then keys; then indicator ids.</summary>
internal static class Answers
{
    public static IEnumerable<ExpectedRow> Of(ProvinceModel province, Ledger ledger, bool floors, int firstDay)
    {
        foreach (var scope in Scopes(province))
        {
            if (scope.Key is { } key && scope.Group is null)
            {
                // The null group has rows only where it has data (10.2): devices that nobody registered.
                if (ledger.Networking.CountUnregistered() > 0)
                {
                    yield return NetworkingRows.UnregisteredRow(ledger.Networking, key, province.EndDay, disclosed: false);
                }

                continue;
            }

            var rows = NetworkingRows.Of(scope, floors, ledger.Networking, province.EndDay)
                .Concat(CoverageRows.Of(scope, floors, ledger, firstDay, province.EndDay))
                .Concat(PhaseRows.Of("eff_gain", scope, floors, EfficiencySums.Of(scope, ledger)))
                .Concat(scope.Lines.Any(static line => line.HasCost)
                    ? PhaseRows.Of("cost_red", scope, floors, CostSums.Of(scope, ledger))
                    : [])
                .Concat(LatencyRows.Of(scope, floors, ledger, firstDay, province.EndDay))
                .Concat(Energy(scope, ledger, firstDay, province.EndDay));
            foreach (var row in rows.OrderBy(static row => row.Indicator, StringComparer.Ordinal))
            {
                yield return row;
            }
        }
    }

    private static IEnumerable<Scope> Scopes(ProvinceModel province)
    {
        yield return new Scope(null, null, province.Factories, province.Lines);
        yield return new Scope("factory", null, [], []);
        foreach (var factory in province.Factories)
        {
            yield return new Scope(
                "factory", factory.Id, [factory], [.. province.Lines.Where(line => line.Factory.Index == factory.Index)]);
        }

        yield return new Scope("line", null, [], []);
        foreach (var line in province.Lines)
        {
            yield return new Scope("line", line.Id, [line.Factory], [line]);
        }
    }

    private static IEnumerable<ExpectedRow> Energy(Scope scope, Ledger ledger, int firstDay, int referenceDay)
    {
        var sum = ledger.Energy.WattHours(scope.Lines);
        return
        [
            new ExpectedRow
            {
                Indicator = "energy_kwh",
                Key = scope.Key,
                Group = scope.Group,
                WindowStart = firstDay,
                WindowEnd = referenceDay,
                Value = Exact.Nearest(sum, 1_000),
                Numerator = Exact.Text(sum, 3),
                Status = "PUBLISHED",
                Evidence = [new("n_valid", ledger.Energy.ValidRows(scope.Lines))],
            },
        ];
    }
}
