using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>What does not add up over slots, by row: how many keys sets have, on how many days there is something, and quantiles of values.</summary>
internal sealed class UserMembers
{
    private const int RowsPerPiece = 1_024;

    private readonly ReportContext _report;
    private readonly GroupLevel _level;
    private readonly UserPlaces _places;
    private readonly UserStore _store;
    private readonly Dictionary<(int Item, long Numerator, long Denominator), (long Value, bool IsExact)?[]> _quantiles = [];
    private readonly object?[]?[] _samples;
    private readonly Dictionary<int, int[]> _days = [];
    private readonly long[][] _distinct;

    /// <summary>Counts the sets. The rest is made when it is first asked for, before the store changes.</summary>
    /// <param name="report">The report.</param>
    /// <param name="level">The level.</param>
    /// <param name="places">Its rows.</param>
    /// <param name="store">The store.</param>
    public UserMembers(ReportContext report, GroupLevel level, UserPlaces places, UserStore store)
    {
        (_report, _level, _places, _store) = (report, level, places, store);
        _samples = new object?[store.Plan.Quantiles.Length][];
        _distinct = [.. store.Plan.Distincts.Select((_, item) => Distincts(item))];
    }

    private int Length => _places.Length;

    /// <summary>How many keys a row's set has.</summary>
    public long Distinct(int row, int item) => _distinct[item][row];

    /// <summary>On how many local days a row has rows of a count.</summary>
    public int Days(int row, int count)
    {
        if (!_days.TryGetValue(count, out var days))
        {
            _days.Add(count, days = DaysOf(count));
        }

        return days[row];
    }

    /// <summary>A quantile of a row; null without values.</summary>
    public (long Value, bool IsExact)? Quantile(int row, int item, (long Numerator, long Denominator) order)
    {
        if (!_quantiles.TryGetValue((item, order.Numerator, order.Denominator), out var values))
        {
            _quantiles.Add((item, order.Numerator, order.Denominator), values = Quantiles(item, order));
        }

        return values[row];
    }

    // day by day: a row is counted when it is met for the first time on a day
    private int[] DaysOf(int count)
    {
        var slots = Enumerable.Range(0, _store.Count).Where(slot => _places.WindowOfSlot[slot] >= 0 && _store.Record(slot)[count] > 0).ToArray();
        var dayOf = Array.ConvertAll(slots, slot => _report.Panes.DayOf(_store.Places[slot].Pane));
        Array.Sort(dayOf, slots);
        var days = new int[Length];
        var last = new int[Length];
        Array.Fill(last, int.MinValue);
        for (var i = 0; i < slots.Length; i++)
        {
            foreach (var group in _places.GroupsOf(slots[i]))
            {
                ref var met = ref last[_places.Row(group, _places.WindowOfSlot[slots[i]])];
                if (met != dayOf[i])
                {
                    met = dayOf[i];
                    days[_places.Row(group, _places.WindowOfSlot[slots[i]])]++;
                }
            }
        }

        return days;
    }

    // window by window: the first group of a key in a window is remembered by key, further ones are listed
    private long[] Distincts(int item)
    {
        var counts = new long[Length];
        var firstRow = Array.Empty<int>();   // by key: the row + 1
        var others = new HashSet<(int Row, int Key)>();
        var window = -1;
        foreach (var (pane, members) in _store.KeysByPane(item).Where(pane => _places.Plan.Of(pane.Pane) >= 0).OrderBy(pane => _places.Plan.Of(pane.Pane)))
        {
            if (_places.Plan.Of(pane) != window)
            {
                window = _places.Plan.Of(pane);
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
                rowOfLeaf[leaf] = groups.Length == 1 ? _places.Row(groups[0], window) + 1 : 0;
                foreach (var group in groups)
                {
                    Count(_places.Row(group, window), key);
                }
            }
        }

        return counts;

        void Count(int row, int key)
        {
            // a row of an earlier window has another window: no key of it was counted in this one
            var first = firstRow[key] - 1;
            if (first < 0 || first % _places.Plan.Windows.Count != window)
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
            if (_places.WindowOfSlot[slot] < 0 || _store.Values(slot, item) is not { Count: > 0 } sample)
            {
                continue;
            }

            if (_places.GroupOfSlot[slot] >= 0)
            {
                Add(_places.Row(_places.GroupOfSlot[slot], _places.WindowOfSlot[slot]), sample);
                continue;
            }

            foreach (var group in _places.GroupsOf(slot))
            {
                Add(_places.Row(group, _places.WindowOfSlot[slot]), sample);
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
}
