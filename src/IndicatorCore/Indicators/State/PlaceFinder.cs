using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// The places of a chunk's rows: which rows belong together, and whether they come in runs. Consumers whose rows are told apart by the
/// same columns share one finder, so that it is found out once.
/// </summary>
internal sealed class PlaceFinder
{
    private const int RowsARun = 6;             // below that runs cost more than rows

    private readonly ulong[] _changes = RowMask.New();
    private readonly IReadOnlyList<Func<RowChunk, int[]?>> _parts;
    private readonly MemoryBudget _budget;
    private readonly int[] _laneOf;      // of each part; -1 = the input has none
    private int[][] _lanes = [];         // those there are
    private PlaceTable _table;
    private RowChunk? _chunk;
    private long _serial = -1;
    private int _stride = 1;

    /// <summary>Makes a finder.</summary>
    /// <param name="parts">The numbers that make a place; null where the input has none, which must be so of all its chunks or of none.</param>
    /// <param name="budget">What its memory is taken from.</param>
    public PlaceFinder(IReadOnlyList<Func<RowChunk, int[]?>> parts, MemoryBudget budget)
    {
        _parts = parts;
        _budget = budget;
        _laneOf = new int[parts.Count];
        _table = new PlaceTable(1, budget);
    }

    /// <summary>How the chunk at hand is folded.</summary>
    public ChunkUnits Units { get; } = new();

    /// <summary>How many places there are.</summary>
    public int Count => _table.Count;

    /// <summary>Whether the places should be forgotten before the next chunk.</summary>
    public bool IsFull => _table.Count >= Math.Min(FoldSheet.MostPlaces, FoldSheet.MostLongs / _stride);

    /// <summary>The number that a place has of a part, <paramref name="absent"/> where the input has none.</summary>
    public int Part(int place, int part, int absent = -1) => _laneOf[part] < 0 ? absent : _table[place][_laneOf[part]];

    /// <summary>How many parts a place has.</summary>
    public int Parts => _laneOf.Length;

    /// <summary>Says that a table's records lie at the places: the longer they are, the fewer places there may be.</summary>
    /// <param name="stride">The lanes of a record.</param>
    public void Carry(int stride) => _stride = Math.Max(_stride, stride);

    /// <summary>Finds the places of a sealed chunk, once.</summary>
    public void Locate(RowChunk chunk)
    {
        if (_serial == chunk.Serial && ReferenceEquals(_chunk, chunk))
        {
            return;
        }

        (_chunk, _serial) = (chunk, chunk.Serial);
        if (_lanes.Length == 0)
        {
            Bind(chunk);
        }

        var isFirst = true;
        for (var i = 0; i < _parts.Count; i++)
        {
            if (_laneOf[i] >= 0)
            {
                _lanes[_laneOf[i]] = _parts[i](chunk)!;
                RunKernel.MarkChanges(_lanes[_laneOf[i]].AsSpan(0, chunk.Length), _changes, accumulate: !isFirst);
                isFirst = false;
            }
        }

        var runs = RowMask.Count(_changes.AsSpan(0, (chunk.Length + 63) >> 6));
        if (runs * RowsARun <= chunk.Length || runs <= 2)
        {
            Units.Set(chunk.Length, RunKernel.Ends(_changes, chunk.Length, Units.AllEnds), byRuns: true);
            var from = 0;
            for (var run = 0; run < Units.Count; run++)
            {
                Units.AllPlaces[run] = _table.Find(_lanes, from);
                from = Units.AllEnds[run];
            }
        }
        else
        {
            _table.Find(_lanes, chunk.Length, Units.AllPlaces);
            Units.Set(chunk.Length, chunk.Length, byRuns: false);
        }
    }

    /// <summary>Forgets all places.</summary>
    public void Clear()
    {
        _table.Clear();
        _serial = -1;
    }

    /// <summary>Gives the memory back.</summary>
    public void Free()
    {
        _table.Free();
        _serial = -1;
    }

    private void Bind(RowChunk chunk)
    {
        var lanes = new List<int[]>();
        for (var i = 0; i < _parts.Count; i++)
        {
            var lane = _parts[i](chunk);
            _laneOf[i] = lane is null ? -1 : lanes.Count;
            if (lane is not null)
            {
                lanes.Add(lane);
            }
        }

        _lanes = [.. lanes];
        _table = new PlaceTable(lanes.Count, _budget);
    }
}
