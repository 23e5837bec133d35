namespace IndicatorCore.Indicators.Reporting;

/// <summary>Status rules that hold for every indicator (indicator-definitions 1.7).</summary>
internal static class Figure
{
    /// <summary>Gives a row its status: not available, suppressed, published with warning (iff flagged), published; nulls what must not be shown.</summary>
    /// <param name="row">The row with its figures.</param>
    /// <param name="notAvailable">Why it cannot be computed, or null.</param>
    /// <param name="suppressed">Why it must not be shown, or null.</param>
    public static IndicatorRow Judge(IndicatorRow row, ResultReason? notAvailable, ResultReason? suppressed)
    {
        if (notAvailable is null && suppressed is null)
        {
            return row with { Status = row.Flags == ResultFlags.None ? ResultStatus.Published : ResultStatus.PublishedWithWarning };
        }

        return row with
        {
            Value = null,
            Numerator = null,
            Denominator = null,
            Low = null,
            High = null,
            Status = notAvailable is null ? ResultStatus.Suppressed : ResultStatus.NotAvailable,
            Reason = notAvailable ?? suppressed,
        };
    }
}
