namespace IndicatorCore.Indicators;

/// <summary>One indicator's figures in an <see cref="IndicatorTable"/>.</summary>
public sealed class IndicatorColumn
{
    private readonly Func<int, IndicatorRow> _row;

    internal IndicatorColumn(string indicator, string definition, string unit, ReadOnlyMemory<double> values, Func<int, IndicatorRow> row)
    {
        Indicator = indicator;
        Definition = definition;
        Unit = unit;
        Values = values;
        _row = row;
    }

    /// <summary>The indicator's id.</summary>
    public string Indicator { get; }

    /// <summary>The definition that produced it, <c>id@version</c>.</summary>
    public string Definition { get; }

    /// <summary>The unit of <see cref="Values"/>.</summary>
    public string Unit { get; }

    /// <summary>The figures, one a row of the table; NaN where none is published.</summary>
    public ReadOnlyMemory<double> Values { get; }

    /// <summary>The figure of a row with its status and evidence, made now.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public IndicatorRow Row(int row) => _row(row);
}
