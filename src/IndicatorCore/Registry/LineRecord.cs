namespace IndicatorCore.Registry;

/// <summary>A production line (interface 2, lines). Several rows with one id: one a go-live, or one a period.</summary>
public sealed record LineRecord
{
    /// <summary>产线编号.</summary>
    public required string Line { get; init; }

    /// <summary>车间, or null.</summary>
    public string? Workshop { get; init; }

    /// <summary>工厂编号, or null.</summary>
    public string? Factory { get; init; }

    /// <summary>投产日期 as a date, or null.</summary>
    public DateOnly? GoLiveDate { get; init; }

    /// <summary>投产日期 as an instant with offset, or null.</summary>
    public DateTimeOffset? GoLiveInstant { get; init; }

    /// <summary>佐证编号: the evidence document of the go-live, or null.</summary>
    public string? Evidence { get; init; }

    /// <summary>生效日期 to 失效日期.</summary>
    public DayBounds Valid { get; init; }
}
