using System.Runtime.InteropServices;
using System.Text;

namespace IndicatorCore.Indicators;

/// <summary>
/// Finds the order of interface 4: level, key values by UTF-8 bytes (null first), window start (null first), indicator id. Groups and
/// ids are ranked once; items are then placed by counting, without comparing rows.
/// </summary>
internal sealed class RowOrder
{
    private static readonly Comparer<byte[]> s_bytes = Comparer<byte[]>.Create(static (left, right) => left.AsSpan().SequenceCompareTo(right));
    private static readonly Comparer<string> s_byBytes = Comparer<string>.Create(static (left, right) =>
    {
        var order = s_bytes.Compare(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));
        return order != 0 ? order : string.CompareOrdinal(left, right);
    });

    private readonly Dictionary<IReadOnlyList<KeyValuePair<string, string?>>, int> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<byte[]> _groups = [];
    private readonly IReadOnlyList<IReadOnlyList<string>> _levels;

    private RowOrder(IReadOnlyList<IReadOnlyList<string>> levels) => _levels = levels;

    /// <summary>The items in their order: a row by its number, then each table's cells by row and column.</summary>
    public static int[] Of(IReadOnlyList<IReadOnlyList<string>> levels, IReadOnlyList<IndicatorRow> rows, IReadOnlyList<IndicatorTable> tables) =>
        new RowOrder(levels).Find(rows, tables);

    private int[] Find(IReadOnlyList<IndicatorRow> rows, IReadOnlyList<IndicatorTable> tables)
    {
        var groupOf = GroupsOf(rows);
        var groupsOfTable = tables.Select(GroupsOf).ToArray();
        var ranks = Rank(_groups);
        var windows = WindowRanks(rows, tables);

        // a place is a group and a window; one number orders both
        var width = windows.Count + 1;
        var places = new long[rows.Count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = ((long)ranks[groupOf[i]] * width) + (rows[i].WindowStart is { } start ? windows[start] : 0);
        }

        var placesOfTable = new long[tables.Count][];
        for (var t = 0; t < tables.Count; t++)
        {
            var table = tables[t];
            var at = placesOfTable[t] = new long[table.Length];
            for (var row = 0; row < at.Length; row++)
            {
                at[row] = ((long)ranks[groupsOfTable[t][table.GroupOf(row)]] * width) + windows[table.Window(row).Start];
            }
        }

        return Place(rows, tables, places, placesOfTable, Compact((long)_groups.Count * width, places, placesOfTable));
    }

    private static int[] Place(IReadOnlyList<IndicatorRow> rows, IReadOnlyList<IndicatorTable> tables, long[] places, long[][] placesOfTable, int count)
    {
        var next = new int[count + 1];
        foreach (var place in places)
        {
            next[place + 1]++;
        }

        for (var t = 0; t < tables.Count; t++)
        {
            foreach (var place in placesOfTable[t])
            {
                next[place + 1] += tables[t].Columns.Count;
            }
        }

        for (var i = 1; i < next.Length; i++)
        {
            next[i] += next[i - 1];
        }

        var order = new int[next[^1]];
        var rowsOf = RowsById(rows);
        var ids = new SortedSet<string>(rowsOf.Keys, s_byBytes);
        foreach (var table in tables)
        {
            foreach (var column in table.Columns)
            {
                ids.Add(column.Indicator);
            }
        }

        foreach (var id in ids)
        {
            foreach (var row in rowsOf.GetValueOrDefault(id) ?? [])
            {
                order[next[places[row]]++] = row;
            }

            var first = rows.Count;
            for (var t = 0; t < tables.Count; t++)
            {
                var columns = tables[t].Columns;
                for (var c = 0; c < columns.Count; c++)
                {
                    for (var row = 0; columns[c].Indicator == id && row < placesOfTable[t].Length; row++)
                    {
                        order[next[placesOfTable[t][row]]++] = first + (row * columns.Count) + c;
                    }
                }

                first += tables[t].Length * columns.Count;
            }
        }

        return order;
    }

    private static Dictionary<string, List<int>> RowsById(IReadOnlyList<IndicatorRow> rows)
    {
        var rowsOf = new Dictionary<string, List<int>>();
        for (var i = 0; i < rows.Count; i++)
        {
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(rowsOf, rows[i].Indicator, out _);
            (list ??= []).Add(i);
        }

        return rowsOf;
    }

    // places as they are while they are not many more than the items, else numbered without the empty ones
    private static int Compact(long count, long[] places, long[][] placesOfTable)
    {
        const int Sparse = 8;
        var items = places.Length + placesOfTable.Sum(static table => (long)table.Length);
        if (count <= Sparse * (items + 128))
        {
            return (int)count;
        }

        long[] met = [.. places, .. placesOfTable.SelectMany(static table => table)];
        Array.Sort(met);
        var kept = 0;
        for (var i = 0; i < met.Length; i++)
        {
            if (i == 0 || met[i] != met[kept - 1])
            {
                met[kept++] = met[i];
            }
        }

        foreach (var table in placesOfTable.Append(places))
        {
            foreach (ref var place in table.AsSpan())
            {
                place = Array.BinarySearch(met, 0, kept, place);
            }
        }

        return kept;
    }

    /// <summary>Window starts to ranks from 1; 0 is none.</summary>
    private static Dictionary<long, int> WindowRanks(IReadOnlyList<IndicatorRow> rows, IReadOnlyList<IndicatorTable> tables)
    {
        var starts = new HashSet<long>();
        foreach (var row in rows)
        {
            if (row.WindowStart is { } start)
            {
                starts.Add(start);
            }
        }

        foreach (var table in tables)
        {
            for (var row = 0; row < table.Length; row++)
            {
                starts.Add(table.Window(row).Start);
            }
        }

        var ranks = new Dictionary<long, int>(starts.Count + 1);
        foreach (var start in starts.Order())
        {
            ranks.Add(start, ranks.Count + 1);
        }

        return ranks;
    }

    private int[] GroupsOf(IReadOnlyList<IndicatorRow> rows)
    {
        var groups = new int[rows.Count];
        IReadOnlyList<KeyValuePair<string, string?>>? last = null;
        for (var i = 0; i < groups.Length; i++)
        {
            var group = rows[i].Group;
            if (i > 0 && ReferenceEquals(group, last))
            {
                groups[i] = groups[i - 1];
                continue;
            }

            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, group, out var isKnown);
            if (!isKnown)
            {
                number = Add([.. group.Select(static pair => pair.Key)], [.. group.Select(static pair => pair.Value)]);
            }

            groups[i] = number;
            last = group;
        }

        return groups;
    }

    private int[] GroupsOf(IndicatorTable table) => [.. table.Groups.Select(group => Add(table.Keys, group))];

    // One text of bytes that sorts as level and key values do: null is 0; a value is 1, its bytes with 0 written as 0 255, then 0 0.
    private int Add(IReadOnlyList<string> keys, IReadOnlyList<string?> values)
    {
        var level = 0;
        while (level < _levels.Count && !_levels[level].SequenceEqual(keys))
        {
            level++;
        }

        var text = new List<byte> { (byte)(level >> 24), (byte)(level >> 16), (byte)(level >> 8), (byte)level };
        foreach (var value in values)
        {
            text.Add(value is null ? (byte)0 : (byte)1);
            foreach (var character in value is null ? [] : Encoding.UTF8.GetBytes(value))
            {
                text.Add(character);
                if (character == 0)
                {
                    text.Add(255);
                }
            }

            text.AddRange(value is null ? [] : [0, 0]);
        }

        _groups.Add([.. text]);
        return _groups.Count - 1;
    }

    // equal groups have equal ranks: a group may come from rows and from tables
    private static int[] Rank(List<byte[]> groups)
    {
        byte[][] keys = [.. groups];
        int[] order = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, order, s_bytes);
        var ranks = new int[order.Length];
        var rank = 0;
        for (var i = 0; i < order.Length; i++)
        {
            rank += i > 0 && !keys[i].AsSpan().SequenceEqual(keys[i - 1]) ? 1 : 0;
            ranks[order[i]] = rank;
        }

        return ranks;
    }
}
