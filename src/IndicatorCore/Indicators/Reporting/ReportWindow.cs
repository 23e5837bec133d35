namespace IndicatorCore.Indicators.Reporting;

/// <summary>One window of a report.</summary>
/// <param name="Start">Start, UTC nanoseconds since 1970, inclusive.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="IsPartial">Whether a calendar window was cut by --from, --to or the reference date.</param>
internal readonly record struct ReportWindow(long Start, long End, bool IsPartial)
{
    /// <summary>The flag that says so.</summary>
    public ResultFlags Flags => IsPartial ? ResultFlags.Partial : ResultFlags.None;
}
