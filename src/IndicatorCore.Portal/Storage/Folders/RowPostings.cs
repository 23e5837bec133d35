using System.Runtime.InteropServices;

namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>Which rows and runs have what, in ascending order: made of an index when it is taken up.</summary>
internal sealed class RowPostings
{
    private readonly RowIndex _index;
    private readonly Dictionary<string, int[]> _levels = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Key, string? Value), int[]> _values = [];
    private readonly Dictionary<PlaceScope, int[]> _scopes = [];
    private readonly long[] _buckets;
    private readonly int[] _bucketStarts;
    private readonly int[] _bucketRows;

    /// <summary>The postings of an index.</summary>
    public RowPostings(RowIndex index, PlaceTree tree)
    {
        _index = index;
        RunPlaces = Runs(index, tree);
        (_buckets, _bucketStarts, _bucketRows) = Buckets(index);
    }

    /// <summary>Where each run lies.</summary>
    public RowPlace[] RunPlaces { get; }

    /// <summary>The runs of a level, of all views.</summary>
    public int[] OfLevel(string level) => _levels.GetValueOrDefault(level, []);

    /// <summary>The runs whose group has a value.</summary>
    public int[] OfValue(string key, string? value) => _values.GetValueOrDefault((key, value), []);

    /// <summary>The runs that lie within a scope that is not everything.</summary>
    public int[] OfScope(PlaceScope scope) => _scopes.GetValueOrDefault(scope, []);

    /// <summary>The rows of an indicator in a view by window: each as an ascending list.</summary>
    /// <param name="view">The view.</param>
    /// <param name="indicator">The indicator.</param>
    /// <param name="windows">Which windows count, or null for all.</param>
    /// <param name="found">Takes where in <see cref="Rows"/> each list is.</param>
    /// <returns>How many rows they have.</returns>
    public long Find(int view, int indicator, bool[]? windows, List<Range> found)
    {
        var total = 0L;
        var first = Array.BinarySearch(_buckets, Bucket(view, indicator, 0));
        for (var i = first < 0 ? ~first : first; i < _buckets.Length && _buckets[i] < Bucket(view, indicator + 1, 0); i++)
        {
            if (windows is null || windows[(int)(_buckets[i] & uint.MaxValue)])
            {
                found.Add(_bucketStarts[i].._bucketStarts[i + 1]);
                total += _bucketStarts[i + 1] - _bucketStarts[i];
            }
        }

        return total;
    }

    /// <summary>The rows of the lists that <see cref="Find"/> finds.</summary>
    public ReadOnlySpan<int> Rows(Range list) => _bucketRows.AsSpan(list);

    private static long Bucket(int view, int indicator, int window) => ((long)view << 52) | ((long)indicator << 32) | (uint)window;

    private RowPlace[] Runs(RowIndex index, PlaceTree tree)
    {
        var places = new RowPlace[index.Runs];
        var levels = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var values = new Dictionary<(string, string?), List<int>>();
        var scopes = new Dictionary<PlaceScope, List<int>>();
        string[][] keys = [.. index.Levels.Select(static level => level.Length == 0 ? [] : level.Split(','))];
        for (var run = 0; run < places.Length; run++)
        {
            var level = index.RunLevels[run];
            Add(levels, index.Levels[level], run);
            var group = new KeyValuePair<string, string?>[index.RunValues[run].Length];
            for (var i = 0; i < group.Length; i++)
            {
                group[i] = KeyValuePair.Create(keys[level][i], index.RunValues[run][i]);
                Add(values, (group[i].Key, group[i].Value), run);
            }

            var place = places[run] = tree.Of(group);
            Add(scopes, PlaceKind.Province, place.Province, run);
            Add(scopes, PlaceKind.City, place.City, run);
            Add(scopes, PlaceKind.Factory, place.Factory, run);
        }

        Keep(levels, _levels);
        Keep(values, _values);
        Keep(scopes, _scopes);
        return places;
    }

    private static void Add(Dictionary<PlaceScope, List<int>> scopes, PlaceKind kind, string? value, int run)
    {
        if (value is not null)
        {
            Add(scopes, new PlaceScope(kind, value), run);
        }
    }

    private static void Add<T>(Dictionary<T, List<int>> lists, T key, int run)
        where T : notnull
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _);
        (list ??= []).Add(run);
    }

    private static void Keep<T>(Dictionary<T, List<int>> lists, Dictionary<T, int[]> kept)
        where T : notnull
    {
        foreach (var (key, list) in lists)
        {
            kept.Add(key, [.. list]);
        }
    }

    private static (long[] Buckets, int[] Starts, int[] Rows) Buckets(RowIndex index)
    {
        var counts = new Dictionary<long, int>();
        for (var view = 0; view < index.Views.Length; view++)
        {
            for (var row = index.ViewStarts[view]; row < index.ViewStarts[view + 1]; row++)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, Bucket(view, index.RowIndicators[row], index.RowWindows[row]), out _)++;
            }
        }

        long[] buckets = [.. counts.Keys.Order()];
        var starts = new int[buckets.Length + 1];
        for (var i = 0; i < buckets.Length; i++)
        {
            starts[i + 1] = starts[i] + counts[buckets[i]];
            counts[buckets[i]] = starts[i];
        }

        var rows = new int[index.Count];
        for (var view = 0; view < index.Views.Length; view++)
        {
            for (var row = index.ViewStarts[view]; row < index.ViewStarts[view + 1]; row++)
            {
                rows[CollectionsMarshal.GetValueRefOrAddDefault(counts, Bucket(view, index.RowIndicators[row], index.RowWindows[row]), out _)++] = row;
            }
        }

        return (buckets, starts, rows);
    }
}
