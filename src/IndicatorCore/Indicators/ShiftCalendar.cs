using IndicatorCore.Errors;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators;

/// <summary>The shifts of a registry, ordered by start, end and name, and the times of day at which state must be cut for them.</summary>
internal sealed class ShiftCalendar
{
    private const int MostBorders = 24 * 60;

    private ShiftCalendar(IReadOnlyList<ShiftTrack> tracks, TimeSpan[] borders)
    {
        Tracks = tracks;
        Borders = borders;
    }

    /// <summary>The shifts. Factories that call the same times the same share one.</summary>
    public IReadOnlyList<ShiftTrack> Tracks { get; }

    /// <summary>Where panes end inside a day, ascending.</summary>
    public TimeSpan[] Borders { get; }

    /// <summary>The shifts of a registry.</summary>
    /// <exception cref="ConfigurationException">There are none, or one says something impossible.</exception>
    public static ShiftCalendar Of(IndicatorRegistry? registry)
    {
        if (registry is not { Shifts.Count: > 0 })
        {
            throw new ConfigurationException(
                "Windows by shift need the shift times of the factories, and there are none",
                advice: registry is null ? "Give a registry with a table shifts (factory, name, start, end)." : "Put a table shifts (factory, name, start, end) into the registry, or use hour, day, week, month, quarter or year.");
        }

        foreach (var shift in registry.Shifts)
        {
            Check(shift, registry.Shifts);
        }

        var own = registry.Shifts.Select(static shift => shift.Factory).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var tracks = registry.Shifts.GroupBy(static shift => (shift.Start, shift.End, shift.Name))
            .OrderBy(static group => group.Key.Start)
            .ThenBy(static group => group.Key.End)
            .ThenBy(static group => group.Key.Name, StringComparer.Ordinal)
            .Select(group => new ShiftTrack(
                group.Key.Name,
                group.Key.Start,
                group.Key.End,
                group.Select(static shift => shift.Factory).OfType<string>().ToHashSet(StringComparer.Ordinal),
                group.Any(static shift => shift.Factory is null) ? own : null));
        var borders = registry.Shifts.SelectMany(static shift => new[] { shift.Start, shift.End })
            .Where(static time => time > TimeSpan.Zero && time < TimeSpan.FromDays(1))
            .Distinct()
            .Order();
        return new ShiftCalendar([.. tracks], [.. borders]);
    }

    private static void Check(ShiftRecord shift, IReadOnlyList<ShiftRecord> all)
    {
        var whose = shift.Factory is null ? string.Empty : $" of factory {shift.Factory}";
        if (shift.Start < TimeSpan.Zero || shift.Start >= TimeSpan.FromDays(1) || shift.End < TimeSpan.Zero || shift.End > TimeSpan.FromDays(1))
        {
            throw new ConfigurationException($"The shift {shift.Name}{whose} has a time that no day has", advice: "It starts from 00:00 to before 24:00 and ends by 24:00.");
        }

        if (shift.Start.Ticks % TimeSpan.TicksPerMinute != 0 || shift.End.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw new ConfigurationException($"The shift {shift.Name}{whose} does not begin and end at whole minutes", advice: $"State is cut at {MostBorders} times of day at most.");
        }

        if (all.FirstOrDefault(other => !ReferenceEquals(other, shift) && other.Factory == shift.Factory && ShiftOverlap.Of(shift, other)) is { } overlapping)
        {
            throw new ConfigurationException($"The shifts {shift.Name} and {overlapping.Name}{whose} overlap", advice: "Shifts of one factory follow one another: what one ends with, the next begins with.");
        }
    }
}
