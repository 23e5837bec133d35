namespace IndicatorCore.Registry;

/// <summary>Whether shifts of every day have time in common.</summary>
internal static class ShiftOverlap
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    /// <summary>Whether two shifts of one factory do, by the wall clock.</summary>
    public static bool Of(ShiftRecord left, ShiftRecord right) =>
        Within(left.Start, right) || Within(right.Start, left);

    // whether a time of day lies in a shift, be it of the day or of the day before
    private static bool Within(TimeSpan time, ShiftRecord shift) => Lies(time, shift) || Lies(time + s_day, shift);

    private static bool Lies(TimeSpan time, ShiftRecord shift) => time >= shift.Start && time < (shift.IsOverMidnight ? shift.End + s_day : shift.End);
}
