using System.Text;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>The keys that a state uses, ranked by their UTF-8 bytes, so that equal states are written with equal numbers (decisions D5).</summary>
internal sealed class StateKeys
{
    private readonly KeyTable[] _tables;
    private readonly bool[][] _used;
    private readonly int[][] _ranks;

    public StateKeys(KeySpaces keys)
    {
        _tables = [.. Enum.GetValues<StateKind>().Select(kind => TableOf(keys, kind))];
        _used = [.. _tables.Select(static table => new bool[table.Count])];
        _ranks = new int[_tables.Length][];
    }

    /// <summary>The key table of a kind.</summary>
    public static KeyTable TableOf(KeySpaces keys, StateKind kind) => kind switch
    {
        StateKind.Factory => keys.Factories,
        StateKind.Workshop => keys.Workshops,
        StateKind.Line => keys.Lines,
        StateKind.Device => keys.Devices,
        StateKind.Product => keys.Products,
        StateKind.Unit => keys.Units,
        StateKind.Element => keys.Elements,
        StateKind.Other => keys.Others,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Notes that a number occurs; -1 = no key.</summary>
    public void Use(StateKind kind, int number)
    {
        if (number >= 0)
        {
            _used[(int)kind][number] = true;
        }
    }

    /// <summary>Notes the keys of a leaf.</summary>
    public void Use(in Leaf leaf)
    {
        Use(StateKind.Factory, leaf.Factory);
        Use(StateKind.Workshop, leaf.Workshop);
        Use(StateKind.Line, leaf.Line);
        Use(StateKind.Device, leaf.Device);
        Use(StateKind.Product, leaf.Product);
    }

    /// <summary>Ranks the used keys of a kind; to be called once all uses are noted.</summary>
    /// <returns>The names in order of rank.</returns>
    public string[] Rank(StateKind kind)
    {
        var (names, used) = (_tables[(int)kind].Names(), _used[(int)kind]);
        var numbers = Enumerable.Range(0, used.Length).Where(number => used[number])
            .Select(number => (Number: number, Name: names[number], Bytes: Encoding.UTF8.GetBytes(names[number])))
            .ToArray();
        Array.Sort(numbers, static (left, right) => left.Bytes.AsSpan().SequenceCompareTo(right.Bytes));
        var ranks = _ranks[(int)kind] = new int[used.Length];
        ranks.AsSpan().Fill(-1);
        for (var rank = 0; rank < numbers.Length; rank++)
        {
            ranks[numbers[rank].Number] = rank;
        }

        return [.. numbers.Select(static pair => pair.Name)];
    }

    /// <summary>The rank of a number, -1 for no key.</summary>
    public int RankOf(StateKind kind, int number) => number < 0 ? -1 : _ranks[(int)kind][number];

    /// <summary>The ranks of a leaf's keys, in the order of <see cref="Compare(in Leaf, in Leaf)"/>.</summary>
    /// <returns>How many: 5.</returns>
    public int Parts(in Leaf leaf, Span<long> parts)
    {
        parts[4] = RankOf(StateKind.Product, leaf.Product);
        parts[3] = RankOf(StateKind.Device, leaf.Device);
        parts[2] = RankOf(StateKind.Line, leaf.Line);
        parts[1] = RankOf(StateKind.Workshop, leaf.Workshop);
        parts[0] = RankOf(StateKind.Factory, leaf.Factory);
        return 5;
    }

    /// <summary>Leaves by the ranks of their keys; no key first.</summary>
    public int Compare(in Leaf left, in Leaf right)
    {
        var order = Compare(StateKind.Factory, left.Factory, right.Factory);
        order = order != 0 ? order : Compare(StateKind.Workshop, left.Workshop, right.Workshop);
        order = order != 0 ? order : Compare(StateKind.Line, left.Line, right.Line);
        order = order != 0 ? order : Compare(StateKind.Device, left.Device, right.Device);
        return order != 0 ? order : Compare(StateKind.Product, left.Product, right.Product);
    }

    /// <summary>Numbers by their ranks; no key first.</summary>
    public int Compare(StateKind kind, int left, int right) => left == right ? 0 : RankOf(kind, left).CompareTo(RankOf(kind, right));
}
