using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Results;

/// <summary>A report as headings and cells for people: groups, indicator, window, value, numerator over denominator, status.</summary>
internal sealed class ResultTable
{
    /// <summary>How the group value of a row without leaf is shown.</summary>
    public const string Unassigned = "(unassigned)";

    /// <summary>What stands where the row's level does not have the key.</summary>
    public const string AllOfKey = "*";

    private ResultTable(IReadOnlyList<TextColumn> columns, IReadOnlyList<string?[]> rows, string? commonWindow)
    {
        Columns = columns;
        Rows = rows;
        CommonWindow = commonWindow;
    }

    /// <summary>The columns; those that would be empty throughout are left out.</summary>
    public IReadOnlyList<TextColumn> Columns { get; }

    /// <summary>The cells, one row a result row.</summary>
    public IReadOnlyList<string?[]> Rows { get; }

    /// <summary>The window when all rows share one; it then has no column.</summary>
    public string? CommonWindow { get; }

    /// <summary>Lays out a report.</summary>
    public static ResultTable Of(IndicatorReport report)
    {
        var keys = ResultColumns.GroupKeys(report.Rows);
        var columns = new List<TextColumn>();
        columns.AddRange(keys.Select(static key => new TextColumn(key, CanWrap: true)));
        columns.AddRange(
        [
            new("indicator", CanWrap: true), new("window"), new("value", IsRightAligned: true), new("numerator", IsRightAligned: true),
            new("denominator", IsRightAligned: true), new("low", IsRightAligned: true), new("high", IsRightAligned: true),
            new("status", CanWrap: true), new("reason", CanWrap: true), new("flags", CanWrap: true), new("revision", IsRightAligned: true),
        ]);
        var rows = report.Rows.Select(row => Cells(row, keys, report.TimeZone)).ToList();
        var windowAt = keys.Count + 1;
        var commonWindow = rows.Count > 0 && rows.All(row => row[windowAt] == rows[0][windowAt]) ? rows[0][windowAt] : null;
        bool Stays(int i) =>
            (i == windowAt && commonWindow is null) || (i != windowAt && (i <= windowAt + 1 || rows.Any(row => !string.IsNullOrEmpty(row[i]))));
        int[] kept = [.. Enumerable.Range(0, columns.Count).Where(Stays)];
        return new ResultTable(
            [.. kept.Select(i => columns[i])],
            [.. rows.Select(row => kept.Select(i => row[i]).ToArray())],
            string.IsNullOrEmpty(commonWindow) ? null : commonWindow);
    }

    /// <summary>What the reader must know, one sentence a line.</summary>
    public IEnumerable<string> Legend(IndicatorReport report)
    {
        var manifest = report.Manifest;
        yield return $"{report.Rows.Count} rows, profile {manifest.Profile}, zone {report.TimeZone.Id}"
            + (manifest.ReferenceDate is { } date ? $", reference date {InstantText.Format(date, report.TimeZone)}" : string.Empty)
            + (CommonWindow is null ? string.Empty : $", window {CommonWindow}")
            + ".";
        yield return "Ratios are shown in percent, rounded to one decimal (ties to even); windows end before their second date. "
            + "Exact values and evidence: --format json.";
        var skipped = manifest.Inputs.Sum(static input => input.Skipped.Count);
        if (skipped > 0)
        {
            yield return $"Skipped as unreadable: {skipped} batches or inputs; the manifest lists them.";
        }

        var quarantined = manifest.Quarantined.Sum(static pair => pair.Value);
        if (quarantined > 0)
        {
            yield return $"Quarantined rows: {quarantined} ({string.Join(", ", manifest.Quarantined.Select(static pair => $"{pair.Key} {pair.Value}"))}).";
        }

        if (manifest.ReplayedInputs > 0)
        {
            yield return $"Replayed inputs, counted once: {manifest.ReplayedInputs} with {manifest.ReplayedRows} rows.";
        }
    }

    private static string?[] Cells(IndicatorRow row, IReadOnlyList<string> keys, TimeZoneInfo zone)
    {
        var cells = new List<string?>();
        foreach (var key in keys)
        {
            cells.Add(ResultColumns.HasKey(row, key) ? ResultColumns.GroupValue(row, key) ?? Unassigned : AllOfKey);
        }

        cells.AddRange(
        [
            row.Indicator,
            ResultPresentation.Span(row.WindowStart, row.WindowEnd, zone),
            ResultPresentation.Value(row.Value, row.Unit),
            row.Numerator?.ToString(),
            row.Denominator?.ToString(),
            ResultPresentation.Value(row.Low, row.Unit),
            ResultPresentation.Value(row.High, row.Unit),
            ResultNames.Of(row.Status),
            row.Reason is { } reason ? ResultNames.Of(reason) : null,
            string.Join(", ", ResultNames.Of(row.Flags)),
            row.Revision?.ToString(),
        ]);
        return [.. cells];
    }
}
