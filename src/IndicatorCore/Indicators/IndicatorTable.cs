namespace IndicatorCore.Indicators;

/// <summary>
/// The figures of one level of grouping by column: a row a (group, window), ordered by key values as UTF-8 bytes (null first), then by
/// window; a column an indicator. What <see cref="IndicatorReport.Rows"/> shows figure by figure, without an object for each.
/// </summary>
public sealed class IndicatorTable
{
    private readonly string?[][] _groups;
    private readonly (long Start, long End)[] _windows;
    private readonly int[] _groupOf;
    private readonly int[] _windowOf;

    internal IndicatorTable(
        IReadOnlyList<string> keys, string?[][] groups, (long Start, long End)[] windows, int[] groupOf, int[] windowOf, IReadOnlyList<IndicatorColumn> columns)
    {
        Keys = keys;
        Columns = columns;
        _groups = groups;
        _windows = windows;
        _groupOf = groupOf;
        _windowOf = windowOf;
    }

    /// <summary>The keys of the level, in its order; empty without grouping.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>The indicators, ordered by id.</summary>
    public IReadOnlyList<IndicatorColumn> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int Length => _groupOf.Length;

    /// <summary>The groups by number.</summary>
    internal IReadOnlyList<string?[]> Groups => _groups;

    /// <summary>The number of a row's group.</summary>
    internal int GroupOf(int row) => _groupOf[row];

    /// <summary>The same rows with some of the columns.</summary>
    internal IndicatorTable With(IReadOnlyList<IndicatorColumn> columns) => new(Keys, _groups, _windows, _groupOf, _windowOf, columns);

    /// <summary>The key values of a row, one a key; null = unassigned.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<string?> Group(int row) => _groups[_groupOf[row]];

    /// <summary>The window of a row: UTC nanoseconds since 1970, start inclusive, end exclusive.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such row.</exception>
    public (long Start, long End) Window(int row) => _windows[_windowOf[row]];
}
