using System.Globalization;

namespace IndicatorCore.Registry;

/// <summary>Rows of one thing that hold at one time.</summary>
internal static class ValidityOverlap
{
    /// <summary>A difference that makes two rows of one thing no contradiction: each says something of its own.</summary>
    public const string None = "";

    /// <summary>Adds a finding for every two rows of one thing that hold at one time.</summary>
    /// <param name="findings">Takes them.</param>
    /// <param name="rows">The table.</param>
    /// <param name="key">The thing that a row is about.</param>
    /// <param name="valid">When it holds.</param>
    /// <param name="difference">What two rows differ in: null nothing, <see cref="None"/> something that may differ, else the column and both values.</param>
    public static void Find<T>(
        FindingList findings, IReadOnlyList<T> rows, Func<T, string> key, Func<T, DayBounds> valid, Func<T, T, (string Column, string Text)?> difference)
    {
        foreach (var group in Enumerable.Range(0, rows.Count).GroupBy(row => key(rows[row])).Where(static group => group.Skip(1).Any()))
        {
            // by start: only rows that begin before the furthest end so far can overlap
            var sorted = group.OrderBy(row => valid(rows[row]).From ?? DateOnly.MinValue).ThenBy(static row => row).ToList();
            for (var i = 0; i < sorted.Count; i++)
            {
                var end = valid(rows[sorted[i]]).To ?? DateOnly.MaxValue;
                for (var j = i + 1; j < sorted.Count && (valid(rows[sorted[j]]).From ?? DateOnly.MinValue) < end; j++)
                {
                    Add(findings, group.Key, sorted[i], sorted[j], valid(rows[sorted[j]]).From, difference(rows[sorted[i]], rows[sorted[j]]));
                }
            }
        }
    }

    /// <summary>A difference of one column, or null.</summary>
    public static (string Column, string Text)? Of(string column, string? left, string? right) =>
        left == right ? null : (column, $"{column} ({left ?? "empty"}, {right ?? "empty"})");

    private static void Add(FindingList findings, string key, int left, int right, DateOnly? start, (string Column, string Text)? found)
    {
        var row = Math.Max(left, right);
        var from = start is { } day ? $"from {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "at all times";
        if (found is not { } differs)
        {
            findings.AddOnce(FindingSeverity.Notice, FindingKind.Duplicate, row, null, key, $"Two rows of {key} say the same {from}.", "Keep one.");
        }
        else if (differs.Column != None)
        {
            findings.AddOnce(
                FindingSeverity.Error, FindingKind.Contradiction, row, differs.Column, key, $"Two rows of {key} overlap {from} and differ in {differs.Text}.",
                "End the earlier row (valid_to) on the day on which the later one begins (valid_from), or keep one.");
        }
    }
}
