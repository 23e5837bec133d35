namespace IndicatorCore.Registry;

/// <summary>A border of required time: a wall-clock time of the reporting zone, or an instant; exactly one is set.</summary>
public readonly record struct CalendarBound
{
    /// <summary>A wall-clock time of the reporting zone; a date alone is its midnight.</summary>
    public CalendarBound(DateTime local) => Local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);

    /// <summary>An instant.</summary>
    public CalendarBound(DateTimeOffset instant) => Instant = instant;

    /// <summary>The wall-clock time, or null when an instant is meant.</summary>
    public DateTime? Local { get; }

    /// <summary>The instant, or null when a wall-clock time is meant.</summary>
    public DateTimeOffset? Instant { get; }
}
