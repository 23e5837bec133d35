using System.Runtime.CompilerServices;
using System.Text;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.State;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// The accumulators of a plan for every group and window of a level: a row a (group, window), groups ordered by their key values as UTF-8
/// bytes (null first), each with all windows. Made in one pass over the store, in arrays by row.
/// </summary>
internal sealed class UserTotals
{
    private const string What = "the figures of user-defined indicators by group and window";
    private const int BytesOfEvidence = 40;
    private const int Several = -2;
    private const int RowsPerPiece = 1_024;
    private const int KnownLeaves = 4_096;

    private readonly ReportContext _report;
    private readonly GroupLevel _level;
    private readonly UserPlan _plan;
    private readonly UserStore _store;
    private readonly IReadOnlyList<ReportWindow> _windows;
    private readonly int[] _order;      // by rank: the level's number of a group
    private readonly int[] _rankOf;     // the other way
    private readonly int[] _windowOfSlot;
    private readonly int[] _groupOfSlot;   // the only group, -1 = none, Several
    private readonly long[] _records;
    private readonly RowEvidence[] _rows;
    private readonly long[][] _distinct;
    private readonly Dictionary<(int Item, long Numerator, long Denominator), (long Value, bool IsExact)?[]> _quantiles = [];
    private readonly object?[]?[] _samples;
    private readonly Dictionary<int, SortedDictionary<string, long>> _quarantined = [];

    public UserTotals(ReportContext report, GroupLevel level, UserPlan plan)
    {
        (_report, _level, _plan, _store) = (report, level, plan, report.State.User[plan.Number]);
        var panes = new HashSet<int>();
        var last = int.MinValue;
        for (var slot = 0; slot < _store.Count; slot++)
        {
            var pane = _store.Places[slot].Pane;
            if (pane != last || slot == 0)
            {
                panes.Add(last = pane);   // neighbours mostly share it
            }
        }

        var windows = report.Plan(panes, report.Panes);
        _windows = windows.Windows;
        report.Reserve(2L * sizeof(int) * _store.Count, What);
        (_windowOfSlot, _groupOfSlot) = (new int[_store.Count], new int[_store.Count]);
        var met = Meet(windows);
        (_order, _rankOf) = Ranked(level, met);
        Groups = [.. _order.Select(group => level.Values(group).ToArray())];
        Windows = [.. _windows.Select(static window => (window.Start, window.End))];
        Length = checked(_order.Length * _windows.Count);
        report.Reserve(
            (long)Length * ((((long)plan.RecordLength + plan.Distincts.Length) * sizeof(long)) + BytesOfEvidence + (4 * sizeof(int))), What);
        _records = GC.AllocateUninitializedArray<long>(checked(Length * plan.RecordLength));
        _rows = new RowEvidence[Length];
        (GroupOf, WindowOf) = (new int[Length], new int[Length]);
        Fold();
        _samples = new object?[plan.Quantiles.Length][];
        _distinct = [.. plan.Distincts.Select((_, item) => Distincts(item, windows))];
        Quarantine(windows);
    }

    /// <summary>The key values of the groups.</summary>
    public string?[][] Groups { get; }

    /// <summary>The windows.</summary>
    public (long Start, long End)[] Windows { get; }

    /// <summary>The group of each row.</summary>
    public int[] GroupOf { get; }

    /// <summary>The window of each row.</summary>
    public int[] WindowOf { get; }

    /// <summary>How many rows there are.</summary>
    public int Length { get; }

    /// <summary>A row's accumulators, as the plan lays them out.</summary>
    public ReadOnlySpan<long> Record(int row) => _records.AsSpan(row * _plan.RecordLength, _plan.RecordLength);

    /// <summary>The accumulators of rows, one after the other.</summary>
    public ReadOnlySpan<long> Records(int row, int count) => _records.AsSpan(row * _plan.RecordLength, count * _plan.RecordLength);

    /// <summary>A row's window.</summary>
    public ReportWindow Window(int row) => _windows[WindowOf[row]];

    /// <summary>A row's group as the level numbers it.</summary>
    public int LevelGroup(int row) => _order[GroupOf[row]];

    /// <summary>How many keys a row's set has.</summary>
    public long Distinct(int row, int item) => _distinct[item][row];

    /// <summary>A quantile of a row; null without values.</summary>
    public (long Value, bool IsExact)? Quantile(int row, int item, (long Numerator, long Denominator) order)
    {
        if (!_quantiles.TryGetValue((item, order.Numerator, order.Denominator), out var values))
        {
            _quantiles.Add((item, order.Numerator, order.Denominator), values = Quantiles(item, order));
        }

        return values[row];
    }

    /// <summary>A row's evidence.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The place among the plan's classes of the column that is shown, or -1 for accepted rows.</param>
    public Evidence Evidence(int row, int column)
    {
        var record = Record(row);
        var (missing, invalid) = column < 0 ? (0, 0) : (record[_plan.ClassesAt + (2 * column)], record[_plan.ClassesAt + (2 * column) + 1]);
        var rows = _rows[row];
        return new Evidence
        {
            Received = rows.Received,
            Duplicates = rows.Duplicates,
            Conflicts = rows.Conflicts,
            Quarantined = _quarantined.TryGetValue(row, out var quarantined) ? [.. quarantined] : [],
            Valid = record[_plan.CountsAt] - missing - invalid,
            Missing = missing,
            Invalid = invalid,
            FirstTimestamp = rows.First,
            LastTimestamp = rows.Last,
        };
    }

    private static (int[] Order, int[] RankOf) Ranked(GroupLevel level, bool[] met)
    {
        int[] order = [.. Enumerable.Range(0, met.Length).Where(group => met[group])];
        var keys = Array.ConvertAll(order, group => level.Values(group).Select(static value => value is null ? null : Encoding.UTF8.GetBytes(value)).ToArray());
        Array.Sort(keys, order, Comparer<byte[]?[]>.Create(Compare));
        var ranks = new int[met.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            ranks[order[rank]] = rank;
        }

        return (order, ranks);
    }

    private static int Compare(byte[]?[] left, byte[]?[] right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            var order = left[i] is null || right[i] is null
                ? (left[i] is null ? 0 : 1) - (right[i] is null ? 0 : 1)
                : left[i].AsSpan().SequenceCompareTo(right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private int Row(int group, int window) => (_rankOf[group] * _windows.Count) + window;

    // finds each slot's window and groups, and which groups there are
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool[] Meet(WindowPlan windows)
    {
        var met = new List<bool>();
        var known = new (Leaf Leaf, int Day, int Group)[KnownLeaves];   // what was found last for leaves of a like hash
        Array.Fill(known, (Leaf.None, int.MinValue, -1));
        var (pane, window, day) = (int.MinValue, -1, 0);
        for (var slot = 0; slot < _store.Count; slot++)
        {
            var place = _store.Places[slot];
            if (place.Pane != pane || slot == 0)
            {
                pane = place.Pane;
                window = windows.Of(pane);
                day = window < 0 ? 0 : _report.Panes.DayOf(pane);
            }

            _windowOfSlot[slot] = window;
            _groupOfSlot[slot] = -1;
            if (window < 0)
            {
                continue;
            }

            ref var last = ref known[(place.Leaf.Line ^ (place.Leaf.Device * 7)) & (KnownLeaves - 1)];
            if (last.Day == day && last.Leaf == place.Leaf)
            {
                _groupOfSlot[slot] = last.Group;
                continue;
            }

            var groups = _level.GroupsOf(place.Leaf, day);
            _groupOfSlot[slot] = groups.Length switch { 0 => -1, 1 => groups[0], _ => Several };
            last = (place.Leaf, day, _groupOfSlot[slot]);
            foreach (var group in groups)
            {
                while (group >= met.Count)
                {
                    met.Add(false);
                }

                met[group] = true;
            }
        }

        return [.. met];
    }

    // most rows are one slot: those are copied row by row, others added afterwards
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fold()
    {
        var first = new int[Length];   // slot + 1
        var further = new List<(int Row, int Slot)>();
        for (var slot = 0; slot < _store.Count; slot++)
        {
            if (_groupOfSlot[slot] >= 0)
            {
                Note(Row(_groupOfSlot[slot], _windowOfSlot[slot]), slot);
            }
            else if (_groupOfSlot[slot] == Several)
            {
                foreach (var group in GroupsOf(slot))
                {
                    Note(Row(group, _windowOfSlot[slot]), slot);
                }
            }
        }

        ReportCrew.Run(_report.Threads, (Length + RowsPerPiece - 1) / RowsPerPiece, () => UserStore.Empty(_plan), (piece, empty) =>
            Copy(first, piece * RowsPerPiece, Math.Min(Length, (piece + 1) * RowsPerPiece), empty));
        foreach (var (row, slot) in further)
        {
            _rows[row].Merge(_store.Rows(slot));
            _store.AddTo(slot, _records.AsSpan(row * _plan.RecordLength, _plan.RecordLength));
        }

        void Note(int row, int slot)
        {
            if (first[row] == 0)
            {
                first[row] = slot + 1;
            }
            else
            {
                further.Add((row, slot));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(int[] first, int from, int end, long[] empty)
    {
        for (var row = from; row < end; row++)
        {
            (GroupOf[row], WindowOf[row]) = Math.DivRem(row, _windows.Count);
            var record = _records.AsSpan(row * empty.Length, empty.Length);
            if (first[row] == 0)
            {
                empty.CopyTo(record);
                continue;
            }

            _store.CopyRecord(first[row] - 1, record);
            _rows[row] = _store.Rows(first[row] - 1);
        }
    }

    private ReadOnlySpan<int> GroupsOf(int slot)
    {
        var place = _store.Places[slot];
        return _level.GroupsOf(place.Leaf, _report.Panes.DayOf(place.Pane));
    }

    // window by window: the first group of a key in a window is remembered by key, further ones are listed
    private long[] Distincts(int item, WindowPlan windows)
    {
        var counts = new long[Length];
        var firstRow = Array.Empty<int>();   // by key: the row + 1
        var others = new HashSet<(int Row, int Key)>();
        var window = -1;
        foreach (var (pane, members) in _store.KeysByPane(item).Where(pane => windows.Of(pane.Pane) >= 0).OrderBy(pane => windows.Of(pane.Pane)))
        {
            if (windows.Of(pane) != window)
            {
                window = windows.Of(pane);
                others.Clear();
            }

            var day = _report.Panes.DayOf(pane);
            var rowOfLeaf = new int[_store.LeafCount];   // row + 1; 0 = not looked up
            foreach (var (leaf, key) in members)
            {
                if (key >= firstRow.Length)
                {
                    Array.Resize(ref firstRow, Math.Max(key + 1, firstRow.Length * 2));
                }

                if (rowOfLeaf[leaf] > 0)
                {
                    Count(rowOfLeaf[leaf] - 1, key);
                    continue;
                }

                var groups = _level.GroupsOf(_store.LeafAt(leaf), day);
                rowOfLeaf[leaf] = groups.Length == 1 ? Row(groups[0], window) + 1 : 0;
                foreach (var group in groups)
                {
                    Count(Row(group, window), key);
                }
            }
        }

        return counts;

        void Count(int row, int key)
        {
            // a row of an earlier window has another window: no key of it was counted in this one
            var first = firstRow[key] - 1;
            if (first < 0 || WindowOf[first] != window)
            {
                firstRow[key] = row + 1;
                counts[row]++;
            }
            else if (first != row && others.Add((row, key)))
            {
                counts[row]++;
            }
        }
    }

    private (long Value, bool IsExact)?[] Quantiles(int item, (long Numerator, long Denominator) order)
    {
        var totals = _samples[item] ??= Samples(item);
        var quantiles = new (long Value, bool IsExact)?[Length];
        ReportCrew.Run(_report.Threads, (Length + RowsPerPiece - 1) / RowsPerPiece, static () => new long[1], (piece, value) =>
        {
            for (var row = piece * RowsPerPiece; row < Math.Min(Length, (piece + 1) * RowsPerPiece); row++)
            {
                if (totals[row] is ValueSample only)
                {
                    only.Select([QuantileTotals.Rank(order.Numerator, order.Denominator, only.Count)], value);   // most rows are one slot
                    quantiles[row] = (value[0], !only.IsBucketed);
                }
                else if (totals[row] is QuantileTotals several)
                {
                    var answer = several.Select(_store.NewSample, QuantileTotals.Rank(order.Numerator, order.Denominator, several.Count));
                    quantiles[row] = (answer.Values[0], !answer.IsBucketed);
                }
            }
        });
        return quantiles;
    }

    // by row: null, a slot's ValueSample, or the QuantileTotals of several
    private object?[] Samples(int item)
    {
        var totals = new object?[Length];
        for (var slot = 0; slot < _store.Count; slot++)
        {
            if (_windowOfSlot[slot] < 0 || _store.Values(slot, item) is not { Count: > 0 } sample)
            {
                continue;
            }

            if (_groupOfSlot[slot] >= 0)
            {
                Add(Row(_groupOfSlot[slot], _windowOfSlot[slot]), sample);
                continue;
            }

            foreach (var group in GroupsOf(slot))
            {
                Add(Row(group, _windowOfSlot[slot]), sample);
            }
        }

        return totals;

        void Add(int row, ValueSample sample)
        {
            if (totals[row] is null)
            {
                totals[row] = sample;
                return;
            }

            if (totals[row] is ValueSample first)
            {
                QuantileTotals several = new();
                several.Add(first);
                totals[row] = several;
            }

            ((QuantileTotals)totals[row]!).Add(sample);
        }
    }

    private void Quarantine(WindowPlan windows)
    {
        for (var slot = 0; slot < _store.Quarantined.Count; slot++)
        {
            var (place, reason) = _store.Quarantined.Keys[slot];
            var window = windows.Of(place.Pane);
            if (window < 0)
            {
                continue;
            }

            foreach (var group in _level.GroupsOf(place.Leaf, _report.Panes.DayOf(place.Pane)))
            {
                var row = Row(group, window);
                if (!_quarantined.TryGetValue(row, out var reasons))
                {
                    _quarantined.Add(row, reasons = new(StringComparer.Ordinal));
                }

                var name = QuarantineNames.Of(reason);
                reasons[name] = reasons.GetValueOrDefault(name) + _store.Quarantined.Cells[slot].Count;
            }
        }
    }
}
