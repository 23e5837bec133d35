using System.Collections;

namespace IndicatorCore.Indicators;

/// <summary>
/// The rows of a report in the order of interface 4: those that definitions made, and the cells of tables, which become rows only
/// when they are looked at. The order is found at first use.
/// </summary>
internal sealed class ReportRows : IReadOnlyList<IndicatorRow>
{
    private readonly IReadOnlyList<IndicatorRow> _rows;
    private readonly IReadOnlyList<IndicatorTable> _tables;
    private readonly int[] _starts;   // the first item of each table; rows come first
    private readonly Lazy<int[]> _order;
    private readonly int? _revision;

    /// <summary>Takes rows and tables as they are.</summary>
    /// <param name="levels">The keys of each level, in report order.</param>
    /// <param name="rows">The rows made, in any order.</param>
    /// <param name="tables">The figures kept by column.</param>
    /// <param name="revision">The revision that they are of, or null.</param>
    /// <exception cref="OverflowException">There are more than an index of 32 bits counts.</exception>
    public ReportRows(IReadOnlyList<IReadOnlyList<string>> levels, IReadOnlyList<IndicatorRow> rows, IReadOnlyList<IndicatorTable> tables, int? revision = null)
    {
        _revision = revision;
        _rows = rows;
        _tables = tables;
        _starts = new int[tables.Count];
        var count = rows.Count;
        for (var i = 0; i < tables.Count; i++)
        {
            _starts[i] = count;
            count = checked(count + (tables[i].Length * tables[i].Columns.Count));
        }

        Count = count;
        _order = new Lazy<int[]>(() => RowOrder.Of(levels, rows, tables));
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IndicatorRow this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return Make(_order.Value[index]);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<IndicatorRow> GetEnumerator()
    {
        foreach (var item in _order.Value)
        {
            yield return Make(item);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IndicatorRow Make(int item) => _revision is { } revision ? Find(item) with { Revision = revision } : Find(item);

    private IndicatorRow Find(int item)
    {
        if (item < _rows.Count)
        {
            return _rows[item];
        }

        var table = _starts.Length - 1;
        while (_starts[table] > item)
        {
            table--;
        }

        var columns = _tables[table].Columns;
        var (row, column) = Math.DivRem(item - _starts[table], columns.Count);
        return columns[column].Row(row);
    }
}
