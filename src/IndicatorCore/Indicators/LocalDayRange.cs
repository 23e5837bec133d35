namespace IndicatorCore.Indicators;

/// <summary>A half-open span of local days: numbers of days since 1970-01-01 in the reporting zone.</summary>
/// <param name="Start">The first day.</param>
/// <param name="End">The day after the last.</param>
public readonly record struct LocalDayRange(int Start, int End)
{
    /// <summary>The number of days, 0 when empty.</summary>
    public int Days => Math.Max(0, End - Start);

    /// <summary>Whether the day lies inside.</summary>
    public bool Contains(int day) => day >= Start && day < End;

    /// <summary>The days in both.</summary>
    public LocalDayRange Intersect(LocalDayRange other) => new(Math.Max(Start, other.Start), Math.Min(End, other.End));
}
