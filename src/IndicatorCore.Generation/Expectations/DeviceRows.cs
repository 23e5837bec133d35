using System.Numerics;

namespace IndicatorCore.Generation.Expectations;

/// <summary>
/// The rows of <c>n_5g_terminals</c>, <c>n_devices_5g</c>, <c>online_instant</c>, <c>link_avail</c> and <c>cov_time</c> (indicator-definitions 2, 2.1,
/// 3.3). A scope of no lines is the null group: devices that nobody registered, or that were on no line.
/// </summary>
internal static class DeviceRows
{
    public static IEnumerable<ExpectedRow> Of(Scope scope, bool floors, Ledger ledger, int firstDay, int referenceDay)
    {
        IEnumerable<ExpectedRow> Rows(Func<Scope, IReadOnlyList<Figure>> of) => FigureRows.Of(scope, floors, firstDay, referenceDay, of);

        var rows = Rows(part => Devices(part, ledger, "n_5g_terminals")).Concat(Rows(part => Devices(part, ledger, "n_devices_5g")));
        rows = rows.Concat(Rows(part => Online(part, floors, ledger)));
        if (ledger.Availability is { } availability)
        {
            rows = rows.Concat(Rows(part => Time("link_avail", availability.Of(part, firstDay, referenceDay))));
        }

        return ledger.CoveredTime is not { } covered ? rows : rows.Concat(Rows(part =>
        {
            var samples = ledger.Coverage.Of(part.Lines);
            return [.. Time("cov_time", covered.Of(part, firstDay, referenceDay)).Select(figure => figure with
            {
                Suppressed = floors && samples.Usable < 300 ? "TOO_FEW_SAMPLES" : null,
                Flags = samples.IsSingleDeviceDay ? ["SINGLE_DEVICE_DAY"] : [],
            })];
        }));
    }

    private static IReadOnlyList<Figure> Devices(Scope scope, Ledger ledger, string indicator)
    {
        var hasRows = scope.Lines.Count == 0 ? ledger.Networking.HasUnregisteredRows : ledger.Networking.HasRows(scope.Lines);
        var count = ledger.Networking.CountOverNr(scope.Lines);
        return hasRows ? [Figure.Count(indicator, indicator == "n_5g_terminals" ? count.Terminals : count.Machines)] : [];
    }

    private static IReadOnlyList<Figure> Online(Scope scope, bool floors, Ledger ledger)
    {
        if (scope.Lines.Count == 0 && !ledger.Networking.HasUnregisteredRows)
        {
            return [];
        }

        var population = ledger.Networking.Count(scope.Lines).Population;
        return
        [
            Figure.Ratio("online_instant", ledger.Networking.CountOverNr(scope.Lines).Online, population) with
            {
                // without a heartbeat timeout nobody knows how long a heartbeat holds
                NotAvailable = ledger.Networking.HeartbeatTimeout is null ? "MISSING_COLUMN" : population == 0 ? "ZERO_DENOMINATOR" : null,
                Suppressed = floors && population < (scope.IsLine ? 3 : 5) ? "TOO_FEW_DEVICES" : null,
            },
        ];
    }

    private static IReadOnlyList<Figure> Time(string indicator, DeviceTimeCount count) => !count.HasRows ? [] :
    [
        Figure.Ratio(indicator, (BigInteger)count.Up, (BigInteger)count.Required, 3) with
        {
            Flags = count.HasUnregistered ? ["UNREGISTERED_DEVICES"] : [],
        },
    ];
}
