using System.Runtime.InteropServices;

namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>Makes an index of rows as they come.</summary>
internal sealed class RowIndexBuilder
{
    private readonly List<string> _views = [];
    private readonly List<int> _viewStarts = [];
    private readonly Dictionary<string, ushort> _indicators = new(StringComparer.Ordinal);
    private readonly List<string> _levels = [];
    private readonly Dictionary<(long Start, long End), int> _windows = [];
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<int> _runStarts = [];
    private readonly List<ushort> _runLevels = [];
    private readonly List<string?[]> _runValues = [];
    private readonly List<long> _offsets = [0];
    private readonly List<double> _figures = [];
    private readonly List<ushort> _rowIndicators = [];
    private readonly List<int> _rowWindows = [];
    private readonly List<byte> _statuses = [];
    private IReadOnlyList<KeyValuePair<string, string?>>? _group;

    /// <summary>Adds the next row.</summary>
    /// <param name="view">Its view.</param>
    /// <param name="level">Its level.</param>
    /// <param name="row">What queries need of it.</param>
    /// <param name="bytes">Its bytes in the file, with the line end.</param>
    public void Add(string view, string level, in RowFacts row, int bytes)
    {
        if (_views.Count == 0 || _views[^1] != view)
        {
            _views.Add(view);
            _viewStarts.Add(_statuses.Count);
            _group = null;
        }

        if (_group is null || (!ReferenceEquals(_group, row.Group) && !IsSame(_group, row.Group)))
        {
            _runStarts.Add(_statuses.Count);
            _runLevels.Add(LevelOf(level));
            _runValues.Add([.. row.Group.Select(pair => Kept(pair.Value))]);
        }

        _group = row.Group;
        _offsets.Add(_offsets[^1] + bytes);
        _figures.Add(row.Value ?? double.NaN);
        _rowIndicators.Add(IndicatorOf(row.Indicator));
        _rowWindows.Add(WindowOf(row.WindowStart ?? RowIndex.NoInstant, row.WindowEnd ?? RowIndex.NoInstant));
        _statuses.Add((byte)row.Status);
    }

    /// <summary>The index.</summary>
    /// <param name="views">All views, also those without rows.</param>
    public RowIndex Build(IReadOnlyList<string> views)
    {
        var count = _statuses.Count;
        var starts = new int[views.Count + 1];
        starts[^1] = count;
        for (var i = views.Count - 1; i >= 0; i--)
        {
            var at = _views.IndexOf(views[i]);
            starts[i] = at < 0 ? starts[i + 1] : _viewStarts[at];
        }

        var windows = _windows.OrderBy(static pair => pair.Value).Select(static pair => pair.Key).ToList();
        return new RowIndex
        {
            Views = [.. views],
            ViewStarts = starts,
            Indicators = [.. _indicators.OrderBy(static pair => pair.Value).Select(static pair => pair.Key)],
            Levels = [.. _levels],
            WindowStarts = [.. windows.Select(static window => window.Start)],
            WindowEnds = [.. windows.Select(static window => window.End)],
            RunStarts = [.. _runStarts, count],
            RunLevels = [.. _runLevels],
            RunValues = [.. _runValues],
            Offsets = [.. _offsets],
            Values = [.. _figures],
            RowIndicators = [.. _rowIndicators],
            RowWindows = [.. _rowWindows],
            Statuses = [.. _statuses],
        };
    }

    private static bool IsSame(IReadOnlyList<KeyValuePair<string, string?>> left, IReadOnlyList<KeyValuePair<string, string?>> right) => left.SequenceEqual(right);

    private string? Kept(string? value)
    {
        if (value is null)
        {
            return null;
        }

        ref var kept = ref CollectionsMarshal.GetValueRefOrAddDefault(_values, value, out _);
        return kept ??= value;
    }

    private ushort LevelOf(string level)
    {
        var at = _levels.LastIndexOf(level);
        if (at < 0)
        {
            at = _levels.Count;
            _levels.Add(level);
        }

        return (ushort)at;
    }

    private ushort IndicatorOf(string indicator)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_indicators, indicator, out var isKnown);
        return isKnown ? number : number = checked((ushort)(_indicators.Count - 1));
    }

    private int WindowOf(long start, long end)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_windows, (start, end), out var isKnown);
        return isKnown ? number : number = _windows.Count - 1;
    }
}
