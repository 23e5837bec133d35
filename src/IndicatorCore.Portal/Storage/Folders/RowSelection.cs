using System.Buffers;
using System.Numerics;

namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>Answers a query with row numbers: by the shorter of the ways through runs of groups and through rows of indicators.</summary>
/// <param name="index">The index.</param>
/// <param name="postings">Its postings.</param>
internal sealed class RowSelection(RowIndex index, RowPostings postings)
{
    private const int KeptGroups = 256;
    private const int KeptRuns = 2 << 20;
    private readonly RecentAnswers<int[]> _groups = new(KeptGroups, KeptRuns);
    private readonly int[] _windowRanks = Ranks(index.WindowStarts);

    /// <summary>The rows of a query in its order, before any page is cut.</summary>
    /// <returns>Row numbers; a range of them as first and count where that is all there is to say.</returns>
    public SelectedRows Select(RowQuery query)
    {
        var view = Array.IndexOf(index.Views, query.View);
        if (view < 0)
        {
            return default;
        }

        var (first, end) = (index.ViewStarts[view], index.ViewStarts[view + 1]);
        var windows = Windows(query);
        var runs = Runs(query, first, end);
        var statuses = Statuses(query);
        if (query.Indicators is null && windows is null && runs is null && statuses is null)
        {
            return Sorted(query.Sort, new SelectedRows(first, end - first, null));
        }

        var rows = new List<int>();
        var lists = new List<Range>();
        var indicators = Indicators(query);
        var listed = indicators?.Sum(indicator => postings.Find(view, indicator, windows, lists));
        if (listed is { } known && (runs is null || known <= RowsOf(runs)))
        {
            Through(lists, runs, statuses, first, end, rows);
        }
        else if (runs is null)
        {
            Through(first, end, indicators, windows, statuses, rows);
        }
        else
        {
            foreach (var run in runs)
            {
                Through(index.RunStarts[run], index.RunStarts[run + 1], indicators, windows, statuses, rows);
            }
        }

        return Sorted(query.Sort, new SelectedRows(0, rows.Count, [.. rows]));
    }

    private long RowsOf(int[] runs)
    {
        var rows = 0L;
        foreach (var run in runs)
        {
            rows += index.RunStarts[run + 1] - index.RunStarts[run];
        }

        return rows;
    }

    private void Through(int first, int end, int[]? indicators, bool[]? windows, uint? statuses, List<int> rows)
    {
        bool[]? wanted = null;
        if (indicators is not null)
        {
            wanted = new bool[index.Indicators.Length];
            foreach (var indicator in indicators)
            {
                wanted[indicator] = true;
            }
        }

        for (var row = first; row < end; row++)
        {
            if ((wanted is null || wanted[index.RowIndicators[row]]) && (windows is null || windows[index.RowWindows[row]]) && IsWanted(statuses, row))
            {
                rows.Add(row);
            }
        }
    }

    private void Through(List<Range> lists, int[]? runs, uint? statuses, int first, int end, List<int> rows)
    {
        if (lists.Count == 1 && runs is null)
        {
            foreach (var row in postings.Rows(lists[0]))
            {
                if (IsWanted(statuses, row))
                {
                    rows.Add(row);
                }
            }

            return;
        }

        // several lists into one order; and with runs, only what lies in them
        var size = ((end - first) >> 6) + 1;
        var words = ArrayPool<ulong>.Shared.Rent(size);
        Array.Clear(words, 0, size);
        foreach (var list in lists)
        {
            foreach (var row in postings.Rows(list))
            {
                words[(row - first) >> 6] |= 1UL << ((row - first) & 63);
            }
        }

        if (runs is null)
        {
            Collect(words, 0, end - first, first, statuses, rows);
        }
        else
        {
            foreach (var run in runs)
            {
                Collect(words, index.RunStarts[run] - first, index.RunStarts[run + 1] - first, first, statuses, rows);
            }
        }

        ArrayPool<ulong>.Shared.Return(words);
    }

    private void Collect(ulong[] words, int from, int to, int first, uint? statuses, List<int> rows)
    {
        for (var word = from >> 6; word <= (to - 1) >> 6 && from < to; word++)
        {
            var bits = words[word];
            if (word == from >> 6)
            {
                bits &= ulong.MaxValue << (from & 63);
            }

            if (word == to >> 6)
            {
                bits &= (1UL << (to & 63)) - 1;
            }

            for (; bits != 0; bits &= bits - 1)
            {
                var row = first + (word << 6) + BitOperations.TrailingZeroCount(bits);
                if (IsWanted(statuses, row))
                {
                    rows.Add(row);
                }
            }
        }
    }

    private bool IsWanted(uint? statuses, int row) => statuses is not { } mask || (mask & (1u << index.Statuses[row])) != 0;

    private static uint? Statuses(RowQuery query)
    {
        if (query.Statuses is null)
        {
            return null;
        }

        var mask = 0u;
        foreach (var name in query.Statuses)
        {
            mask |= RowFacts.StatusOf(name) is { } status ? 1u << (int)status : 0;
        }

        return mask;
    }

    private int[]? Indicators(RowQuery query) => query.Indicators is null
        ? null
        : [.. query.Indicators.Distinct(StringComparer.Ordinal).Select(id => Array.IndexOf(index.Indicators, id)).Where(static number => number >= 0)];

    private bool[]? Windows(RowQuery query)
    {
        if (query.From is null && query.To is null)
        {
            return null;
        }

        var windows = new bool[index.WindowStarts.Length];
        for (var i = 0; i < windows.Length; i++)
        {
            windows[i] = index.WindowStarts[i] != RowIndex.NoInstant && index.WindowEnds[i] != RowIndex.NoInstant
                && (query.From is not { } from || index.WindowEnds[i] > from) && (query.To is not { } to || index.WindowStarts[i] < to);
        }

        return windows;
    }

    /// <summary>The runs that level, group and scopes leave, ascending; null for all of the view.</summary>
    private int[]? Runs(RowQuery query, int first, int end)
    {
        var within = query.Within is { } scopes && !scopes.Contains(PlaceScope.All) ? scopes : null;
        if (query.Level is null && query.Group.Count == 0 && within is null)
        {
            return null;
        }

        var question = QuestionText.OfGroups(query);
        if (!_groups.TryGet(question, out var runs))
        {
            runs = FindRuns(query, within, first, end);
            _groups.Keep(question, runs, runs.Length);
        }

        return runs;
    }

    private int[] FindRuns(RowQuery query, IReadOnlyList<PlaceScope>? within, int first, int end)
    {
        // the shortest list is walked, and the others are looked at run by run
        int[]? shortest = null;
        Take(query.Level is { } level ? postings.OfLevel(level) : null);
        foreach (var (key, value) in query.Group)
        {
            Take(postings.OfValue(key, value));
        }

        if (within is not null)
        {
            Take(within.Count == 1 ? postings.OfScope(within[0]) : [.. within.SelectMany(postings.OfScope).Distinct().Order()]);
        }

        var found = new List<int>();
        foreach (var run in shortest!)
        {
            if (index.RunStarts[run] >= first && index.RunStarts[run] < end && Fits(run, query, within))
            {
                found.Add(run);
            }
        }

        return [.. found];

        void Take(int[]? runs) => shortest = runs is null || (shortest is not null && shortest.Length <= runs.Length) ? shortest : runs;
    }

    private bool Fits(int run, RowQuery query, IReadOnlyList<PlaceScope>? within)
    {
        var level = index.Levels[index.RunLevels[run]];
        if (query.Level is not null && query.Level != level)
        {
            return false;
        }

        foreach (var (key, value) in query.Group)
        {
            var at = Array.IndexOf(level.Length == 0 ? [] : level.Split(','), key);
            if (at < 0 || index.RunValues[run][at] != value)
            {
                return false;
            }
        }

        return postings.RunPlaces[run].LiesWithin(within);
    }

    private SelectedRows Sorted(RowSort sort, SelectedRows rows)
    {
        if (sort == RowSort.Published || rows.Count < 2)
        {
            return rows;
        }

        int[] order = rows.Numbers ?? [.. Enumerable.Range(rows.First, rows.Count)];
        var items = new (double Key, int Row)[order.Length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = (KeyOf(sort, order[i]), order[i]);
        }

        items.AsSpan().Sort(static (left, right) => left.Key != right.Key ? left.Key.CompareTo(right.Key) : left.Row.CompareTo(right.Row));
        var sorted = new int[items.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = items[i].Row;
        }

        return new SelectedRows(0, sorted.Length, sorted);
    }

    // what is sorted upwards; instants as ranks, which a double holds exactly
    private double KeyOf(RowSort sort, int row)
    {
        if (sort == RowSort.Window)
        {
            var window = index.RowWindows[row];
            return index.WindowStarts[window] == RowIndex.NoInstant ? double.PositiveInfinity : _windowRanks[window];
        }

        var value = index.Values[row];
        return double.IsNaN(value) ? double.PositiveInfinity : sort == RowSort.ValueDescending ? -value : value;
    }

    private static int[] Ranks(long[] starts)
    {
        long[] distinct = [.. starts.Distinct().Order()];
        return [.. starts.Select(start => Array.BinarySearch(distinct, start))];
    }
}
