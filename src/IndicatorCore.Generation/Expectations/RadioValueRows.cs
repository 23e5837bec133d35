namespace IndicatorCore.Generation.Expectations;

/// <summary>The rows of <c>rsrp_p5</c>, <c>rsrp_p50</c>, <c>sinr_p5</c> and <c>sinr_p50</c> (indicator-definitions 3.5).</summary>
internal static class RadioValueRows
{
    public static IEnumerable<ExpectedRow> Of(Scope scope, bool floors, Ledger ledger, int firstDay, int referenceDay) =>
        from isRsrp in new[] { true, false }
        from percent in new[] { 5, 50 }
        from row in FigureRows.Of(scope, floors, firstDay, referenceDay, part => Figures(part, ledger, isRsrp, percent))
        select row;

    private static IReadOnlyList<Figure> Figures(Scope scope, Ledger ledger, bool isRsrp, int percent)
    {
        var samples = ledger.Coverage.Of(scope.Lines);
        if (samples.Received == 0)
        {
            return [];
        }

        var value = ledger.RadioValues.Of(scope.Lines, isRsrp).Quantile(percent);
        return
        [
            new Figure
            {
                Indicator = $"{(isRsrp ? "rsrp" : "sinr")}_p{percent}",
                Value = value is null ? null : Exact.Nearest(value.Value, 1_000_000),
                NotAvailable = value is null ? "NO_DATA" : null,
                Flags = samples.IsSingleDeviceDay ? ["SINGLE_DEVICE_DAY"] : [],
                Weight = samples.Valid,
            },
        ];
    }
}
