namespace IndicatorCore.Indicators.Phases;

/// <summary>Finds the phases of a line from its go-lives, the reference date and the window (section 4, Phases; 10.2).</summary>
internal static class PhaseSchedule
{
    /// <summary>The phases of a line, or null when it has none (no go-live, or no after part).</summary>
    /// <param name="line">The line.</param>
    /// <param name="request">Go-lives, reference date, window and profile.</param>
    /// <param name="isSeasonal">True when the baseline is of the same season whatever it holds: cost periods, which always compare with twelve months earlier.</param>
    /// <param name="productionDays">Production days of the line in a span: they decide between season and fallback.</param>
    public static LinePhases? Find(string? line, PhaseRequest request, bool isSeasonal, Func<LocalDayRange, int> productionDays)
    {
        var phases = request is { GivenBaseline: { } baseline, GivenAfter: { } after }
            ? new LinePhases(baseline, after with { End = Math.Min(after.End, request.ReferenceDay) }) { Flags = ResultFlags.PhasesGiven }
            : OfGoLive(line, request, isSeasonal || request.IsCalendarWindow, productionDays);
        if (phases is not { } found)
        {
            return null;
        }

        if (request.Window is { } window)
        {
            // "takes the part of its after phase inside the window, and as baseline the same span 364 days earlier" (interface 3).
            // A given baseline, and a fallback's, stand for all of the line's after phase and stay whole.
            var part = found.After.Intersect(window);
            var isShifted = (found.Flags & (ResultFlags.PhasesGiven | ResultFlags.NoSeasonMatch)) == ResultFlags.None;
            found = found with { After = part, Baseline = isShifted ? Shift(part, request) : found.Baseline };
        }

        return found.After.Days > 0 ? found : null;
    }

    private static LinePhases? OfGoLive(string? line, PhaseRequest request, bool isSeasonal, Func<LocalDayRange, int> productionDays)
    {
        var profile = request.Profile;
        var days = new SortedSet<int>(request.GoLives.Where(goLive => goLive.Line == line).Select(static goLive => goLive.Day));
        var flags = days.Count > 1 ? ResultFlags.Remodelled : ResultFlags.None;

        // "use the last one before the after span": the latest go-live with room for an after span; failing that, the latest
        // with any day at all. The ramp of a later go-live is excluded like its own, so it ends the after span.
        var end = request.ReferenceDay;
        (int GoLive, int End)? shortest = null;
        foreach (var goLive in days.Reverse())
        {
            var start = goLive + profile.RampDays;
            var available = Math.Min(end, start + profile.MaximumPhaseDays) - start;
            if (available >= profile.MinimumPhaseDays && available > 0)
            {
                var after = new LocalDayRange(start, start + available);
                var baseline = Shift(after, request);
                return isSeasonal || productionDays(baseline) >= profile.MinimumPhaseDays
                    ? new LinePhases(baseline, after) { GoLiveDay = goLive, Flags = flags }
                    : Fallback(goLive, end, profile, flags);
            }

            if (available > 0)
            {
                shortest ??= (goLive, end);
            }

            end = Math.Min(end, goLive - profile.RampDays);
        }

        // Fewer than 28 whole days: there is no preferred span, and its baseline cannot have 28 production days either.
        return shortest is { } found && !isSeasonal ? Fallback(found.GoLive, found.End, profile, flags) : null;
    }

    private static LinePhases Fallback(int goLive, int end, DefinitionProfile profile, ResultFlags flags) =>
        new(
            new LocalDayRange(goLive - profile.FallbackDays, goLive - profile.RampDays),
            new LocalDayRange(goLive + profile.RampDays, Math.Min(goLive + profile.FallbackDays, end)))
        {
            GoLiveDay = goLive,
            Flags = flags | ResultFlags.NoSeasonMatch,
        };

    private static LocalDayRange Shift(LocalDayRange span, PhaseRequest request) =>
        new(span.Start - request.Profile.SeasonShiftDays, span.End - request.Profile.SeasonShiftDays);
}
