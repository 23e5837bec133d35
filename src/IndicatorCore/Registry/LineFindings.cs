using System.Globalization;

namespace IndicatorCore.Registry;

/// <summary>What the check says of the table lines.</summary>
internal static class LineFindings
{
    /// <summary>The findings.</summary>
    public static IEnumerable<RegistryFinding> Of(IndicatorRegistry registry, RegistryNames names)
    {
        var findings = new FindingList("lines");
        ValidityOverlap.Find(findings, registry.Lines, static row => row.Line, static row => row.Valid, static (left, right) =>
            ValidityOverlap.Of("factory", left.Factory, right.Factory)
            ?? ValidityOverlap.Of("workshop", left.Workshop, right.Workshop)

            // one row a go-live
            ?? (SameGoLive(left, right) ? ValidityOverlap.Of("evidence", left.Evidence, right.Evidence) : (ValidityOverlap.None, string.Empty)));
        var hasGoLive = registry.Lines.Where(static row => Day(row) is not null).Select(static row => row.Line).ToHashSet();
        for (var i = 0; i < registry.Lines.Count; i++)
        {
            var row = registry.Lines[i];
            if (row.Factory is null)
            {
                findings.Add(FindingSeverity.Warning, FindingKind.Gap, i, "factory", row.Line, $"Line {row.Line} belongs to no factory.", "Enter its factory.");
            }

            findings.Unknown(i, "factory", row.Line, "factory", row.Factory, names.Factories, "it counts in no city, industry or enterprise");
            if (hasGoLive.Count > 0 && !hasGoLive.Contains(row.Line))
            {
                findings.AddOnce(
                    FindingSeverity.Warning, FindingKind.Gap, i, "go_live", row.Line, $"Line {row.Line} has no go-live: eff_gain and cost_red leave it out.",
                    "Enter 投产日期: the day from which the 5G project of the line was in use.");
            }

            if (Day(row) is not null && row.Evidence is null)
            {
                findings.Add(
                    FindingSeverity.Notice, FindingKind.Gap, i, "evidence", row.Line, $"The go-live of line {row.Line} has no evidence document.", "Enter 佐证编号, such as the number of the acceptance report.");
            }
        }

        if (registry.Lines.Count > 0 && hasGoLive.Count == 0)
        {
            findings.Add(
                FindingSeverity.Warning, FindingKind.Gap, null, "go_live", string.Empty, "No line has a go-live: eff_gain and cost_red have no phases.",
                "Enter 投产日期, or give --baseline and --after.");
        }

        OfBaselines(findings, registry.Lines);
        return findings.Sorted;
    }

    // what lies before the go-live is the baseline: a line that begins with it, or later, has none
    private static void OfBaselines(FindingList findings, IReadOnlyList<LineRecord> lines)
    {
        foreach (var group in Enumerable.Range(0, lines.Count).GroupBy(row => lines[row].Line))
        {
            var from = group.Any(row => lines[row].Valid.From is null) ? null : group.Min(row => lines[row].Valid.From);
            var to = group.Any(row => lines[row].Valid.To is null) ? null : group.Max(row => lines[row].Valid.To);
            foreach (var row in group)
            {
                if (Day(lines[row]) is not { } day)
                {
                    continue;
                }

                if (day <= from)
                {
                    findings.Add(
                        FindingSeverity.Warning, FindingKind.Contradiction, row, "go_live", group.Key,
                        $"Line {group.Key} goes live on {Text(day)} and is in service from {Text(from.Value)} only: its baseline would begin after the go-live.",
                        "Correct one of the dates; valid_from is the day from which the line exists, not that of its 5G project.");
                }

                if (day >= to)
                {
                    findings.Add(
                        FindingSeverity.Warning, FindingKind.Contradiction, row, "go_live", group.Key,
                        $"Line {group.Key} goes live on {Text(day)} and is out of service from {Text(to.Value)}: it has no time after the go-live.", "Correct one of the dates.");
                }
            }
        }
    }

    // the day as written: an instant's own, whatever the zone of a run
    private static DateOnly? Day(LineRecord row) => row.GoLiveDate ?? (row.GoLiveInstant is { } instant ? DateOnly.FromDateTime(instant.DateTime) : null);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static bool SameGoLive(LineRecord left, LineRecord right) =>
        left.GoLiveDate == right.GoLiveDate && left.GoLiveInstant == right.GoLiveInstant;
}
