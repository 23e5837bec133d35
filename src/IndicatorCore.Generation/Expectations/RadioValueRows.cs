namespace IndicatorCore.Generation.Expectations;

/// <summary>The rows of <c>rsrp_p5</c>, <c>rsrp_p50</c>, <c>rsrp_mean</c>, <c>sinr_p5</c> and <c>sinr_p50</c> (indicator-definitions 3.5).</summary>
internal static class RadioValueRows
{
    public static IEnumerable<ExpectedRow> Of(Scope scope, bool floors, Ledger ledger, int firstDay, int referenceDay) =>
        from isRsrp in new[] { true, false }
        from percent in isRsrp ? new[] { 5, 50, 0 } : [5, 50]
        from row in FigureRows.Of(scope, floors, firstDay, referenceDay, part => Figures(part, ledger, isRsrp, percent))
        select row;

    private static IReadOnlyList<Figure> Figures(Scope scope, Ledger ledger, bool isRsrp, int percent)
    {
        var samples = ledger.Coverage.Of(scope.Lines);
        if (samples.Received == 0)
        {
            return [];
        }

        // percentile 0 is the mean power
        var values = ledger.RadioValues.Of(scope.Lines, isRsrp);
        var value = percent == 0 ? values.MeanPower() : values.Quantile(percent) is { } micro ? Exact.Nearest(micro, 1_000_000) : null;
        return
        [
            new Figure
            {
                Indicator = percent == 0 ? "rsrp_mean" : $"{(isRsrp ? "rsrp" : "sinr")}_p{percent}",
                Value = value,
                NotAvailable = value is null ? "NO_DATA" : null,
                Flags = samples.IsSingleDeviceDay ? ["SINGLE_DEVICE_DAY"] : [],
                Weight = samples.Valid,
            },
        ];
    }
}
