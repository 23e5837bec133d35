using System.Globalization;

namespace IndicatorCore.Cli.Verbs;

/// <summary>Durations on the command line: <c>500ms</c>, <c>30s</c>, <c>5min</c>, <c>2h</c>.</summary>
internal static class DurationText
{
    /// <summary>The duration that an option's text says.</summary>
    /// <exception cref="UsageException">It says none of at most a day.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        ReadOnlySpan<(string Unit, double Seconds)> units = [("ms", 0.001), ("min", 60), ("h", 3_600), ("s", 1)];
        foreach (var (unit, seconds) in units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
                && count * seconds <= TimeSpan.FromDays(1).TotalSeconds)
            {
                return TimeSpan.FromSeconds(count * seconds);
            }
        }

        throw new UsageException($"{option}: '{text}' is no time up to a day; write 500ms, 30s, 5min or 2h");
    }
}
