using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>All expected rows of a profile, in result order: no grouping, by factory, by line, then what enterprises and zones alone have; then keys; then indicator ids.</summary>
internal static class Answers
{
    public static IEnumerable<ExpectedRow> Of(ProvinceModel province, Ledger ledger, bool floors, int firstDay)
    {
        var registry = new RegistryRows(ledger);
        foreach (var scope in Scopes(province))
        {
            if (scope.Key is { } key && scope.Group is null)
            {
                // The null group has rows only where it has data (10.2): devices that nobody registered, and what stands on no line.
                var unassigned = DeviceRows.Of(scope, floors, ledger, firstDay, province.EndDay)
                    .Concat(NetworkRows.Of(scope, floors, ledger, firstDay, province.EndDay));
                if (ledger.Networking.CountUnregistered() > 0)
                {
                    unassigned = unassigned.Append(NetworkingRows.UnregisteredRow(ledger.Networking, key, province.EndDay, disclosed: false));
                }

                foreach (var row in unassigned.OrderBy(static row => row.Indicator, StringComparer.Ordinal))
                {
                    yield return row;
                }

                continue;
            }

            var rows = NetworkingRows.Of(scope, floors, ledger.Networking, province.EndDay)
                .Concat(CoverageRows.Of(scope, floors, ledger, firstDay, province.EndDay))
                .Concat(PhaseRows.Of("eff_gain", scope, floors, EfficiencySums.Of(scope, ledger)))
                .Concat(scope.Lines.Any(static line => line.HasCost)
                    ? PhaseRows.Of("cost_red", scope, floors, CostSums.Of(scope, ledger), ledger.HasCostColumns ? "NO_BASELINE" : "MISSING_COLUMN")
                    : [])
                .Concat(LatencyRows.Of(scope, floors, ledger, firstDay, province.EndDay))
                .Concat(DeviceRows.Of(scope, floors, ledger, firstDay, province.EndDay))
                .Concat(RadioValueRows.Of(scope, floors, ledger, firstDay, province.EndDay))
                .Concat(NetworkRows.Of(scope, floors, ledger, firstDay, province.EndDay))
                .Concat(SupportRows.Of(scope, floors, ledger, firstDay, province.EndDay))
                .Concat(registry.Of(scope, floors, firstDay));
            foreach (var row in rows.OrderBy(static row => row.Indicator, StringComparer.Ordinal))
            {
                yield return row;
            }
        }

        foreach (var row in registry.OfOthers())
        {
            yield return row;
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
}
