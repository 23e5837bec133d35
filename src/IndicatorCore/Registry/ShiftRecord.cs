namespace IndicatorCore.Registry;

/// <summary>A shift of every local day (interface 2, shifts).</summary>
public sealed record ShiftRecord
{
    /// <summary>工厂编号; null = of every factory that has no shifts of its own.</summary>
    public string? Factory { get; init; }

    /// <summary>班次名称.</summary>
    public required string Name { get; init; }

    /// <summary>开始时间: local time of day, from 00:00 to before 24:00.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>结束时间, exclusive: local time of day, up to 24:00; not after <see cref="Start"/> = on the next day.</summary>
    public TimeSpan End { get; init; }

    /// <summary>Whether the shift ends on the day after the one that it begins on, which it belongs to.</summary>
    public bool IsOverMidnight => End <= Start;
}
