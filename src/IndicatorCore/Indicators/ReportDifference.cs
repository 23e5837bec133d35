namespace IndicatorCore.Indicators;

/// <summary>What differs between two reports of the same question, such as two revisions of a state (indicator-definitions 1.3, late data).</summary>
public static class ReportDifference
{
    /// <summary>
    /// The rows whose figure, bounds, status, reason or flags differ, in the order of the newer report, rows that are gone last. A row is found again
    /// by indicator, group and window; where each indicator has one window only, which moves with the reference date, by indicator and group.
    /// </summary>
    /// <param name="before">The older report.</param>
    /// <param name="now">The newer one, of the same levels and kind of window.</param>
    public static IEnumerable<RowChange> Of(IndicatorReport before, IndicatorReport now)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        var byWindow = HasSeveralWindows(before) || HasSeveralWindows(now);
        var old = new Dictionary<string, IndicatorRow>(StringComparer.Ordinal);
        foreach (var row in before.Rows)
        {
            old.Add(KeyOf(row, byWindow), row);
        }

        foreach (var row in now.Rows)
        {
            if (!old.Remove(KeyOf(row, byWindow), out var was))
            {
                yield return new RowChange(null, row);
            }
            else if (!IsSame(was, row))
            {
                yield return new RowChange(was, row);
            }
        }

        foreach (var row in before.Rows)
        {
            if (old.ContainsKey(KeyOf(row, byWindow)))
            {
                yield return new RowChange(row, null);
            }
        }
    }

    private static bool HasSeveralWindows(IndicatorReport report)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return report.Rows.Any(row => !seen.Add(KeyOf(row, byWindow: false)));
    }

    private static string KeyOf(IndicatorRow row, bool byWindow)
    {
        var key = new System.Text.StringBuilder(row.Indicator);
        foreach (var (name, value) in row.Group)
        {
            key.Append('\u001f').Append(name).Append(value is null ? '\u0000' : '=').Append(value);
        }

        return byWindow ? key.Append('\u001f').Append(row.WindowStart).Append("..").Append(row.WindowEnd).ToString() : key.ToString();
    }

    private static bool IsSame(IndicatorRow left, IndicatorRow right) => left.Value == right.Value && left.Low == right.Low && left.High == right.High
        && IsSame(left.Numerator, right.Numerator) && IsSame(left.Denominator, right.Denominator)
        && left.Status == right.Status && left.Reason == right.Reason && left.Flags == right.Flags;

    private static bool IsSame(ExactNumber? left, ExactNumber? right) => left?.ToString() == right?.ToString();
}
