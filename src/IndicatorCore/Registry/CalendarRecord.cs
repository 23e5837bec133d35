namespace IndicatorCore.Registry;

/// <summary>A time of planned operation of a line or of one device (interface 2, calendar): start inclusive, end exclusive.</summary>
/// <remarks>Rows of one line or device add up; where they overlap the time counts once.</remarks>
public sealed record CalendarRecord
{
    /// <summary>产线编号, or null where the row is of a device.</summary>
    public string? Line { get; init; }

    /// <summary>设备编号, or null where the row is of a line.</summary>
    public string? Device { get; init; }

    /// <summary>开始时间.</summary>
    public CalendarBound Start { get; init; }

    /// <summary>结束时间, exclusive.</summary>
    public CalendarBound End { get; init; }
}
