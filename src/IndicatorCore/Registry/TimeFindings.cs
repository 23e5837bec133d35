using System.Globalization;

namespace IndicatorCore.Registry;

/// <summary>What the check says of the tables calendar and shifts.</summary>
internal static class TimeFindings
{
    /// <summary>The findings in calendar.</summary>
    public static IEnumerable<RegistryFinding> OfCalendar(IndicatorRegistry registry, RegistryNames names)
    {
        var findings = new FindingList("calendar");
        var calendar = registry.Calendar;
        foreach (var group in Enumerable.Range(0, calendar.Count).GroupBy(row => (calendar[row].Line, calendar[row].Device)))
        {
            var (line, device) = group.Key;
            var (key, first) = (line ?? device!, group.First());
            findings.Unknown(first, "line", key, "line", line, names.Lines, "nothing is required of it");
            findings.Unknown(first, "device", key, "device", device, names.Devices, "nothing is required of it");

            // local times and instants are not compared: that takes the zone of a run
            foreach (var rows in group.GroupBy(row => calendar[row].Start.Local is null))
            {
                int[] sorted = [.. rows.OrderBy(row => calendar[row].Start.Local).ThenBy(row => calendar[row].Start.Instant)];
                for (var i = 1; i < sorted.Length; i++)
                {
                    var (earlier, later) = (calendar[sorted[i - 1]], calendar[sorted[i]]);
                    if (later.Start.Local < earlier.End.Local || later.Start.Instant < earlier.End.Instant)
                    {
                        var from = later.Start.Local?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
                            ?? later.Start.Instant!.Value.ToString("yyyy-MM-dd HH:mmzzz", CultureInfo.InvariantCulture);
                        findings.AddOnce(
                            FindingSeverity.Notice, FindingKind.Duplicate, Math.Max(sorted[i], sorted[i - 1]), "start", key,
                            $"Two rows of {key} overlap from {from}: the time counts once.", "Nothing, if both are meant.");
                    }
                }
            }
        }

        if (calendar.Count > 0)
        {
            var planned = calendar.Select(static row => row.Line).OfType<string>().ToHashSet();
            foreach (var line in names.Lines.Where(line => !planned.Contains(line)).Order(StringComparer.Ordinal))
            {
                findings.Add(
                    FindingSeverity.Notice, FindingKind.Gap, null, null, line, $"Line {line} has no planned operation: all its time in service is required.", "Add its rows, unless it runs all the time.");
            }
        }

        return findings.Sorted;
    }

    /// <summary>The findings in shifts.</summary>
    public static IEnumerable<RegistryFinding> OfShifts(IndicatorRegistry registry, RegistryNames names)
    {
        var findings = new FindingList("shifts");
        for (var i = 0; i < registry.Shifts.Count; i++)
        {
            var factory = registry.Shifts[i].Factory;
            findings.Unknown(i, "factory", factory ?? string.Empty, "factory", factory, names.Factories, "its shifts are nobody's");
        }

        if (registry.Shifts.Count > 0 && registry.Shifts.All(static row => row.Factory is not null))
        {
            var known = registry.Shifts.Select(static row => row.Factory!).ToHashSet();
            foreach (var factory in names.Factories.Where(factory => !known.Contains(factory)).Order(StringComparer.Ordinal))
            {
                findings.Add(
                    FindingSeverity.Notice, FindingKind.Gap, null, null, factory, $"Factory {factory} has no shifts: it has no rows by shift.", "Add its shifts, or shifts without a factory for all others.");
            }
        }

        return findings.Sorted;
    }
}
