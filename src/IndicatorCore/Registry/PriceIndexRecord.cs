namespace IndicatorCore.Registry;

/// <summary>The price of a cost element in one month relative to the index's base period (interface 2, price_index).</summary>
public sealed record PriceIndexRecord
{
    /// <summary>成本要素, as the cost rows spell it; null = of cost rows without an element.</summary>
    public string? Element { get; init; }

    /// <summary>月份: the first day of the month.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>价格指数, above 0, exactly as written; one base period and one scale (1 or 100) for all elements.</summary>
    public required decimal Index { get; init; }
}
