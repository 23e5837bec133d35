using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// The leaves of a chunk's rows: their own scope columns first, the registry's through the device where they are silent (decisions D3).
/// One a worker and input, shared by its consumers.
/// </summary>
internal sealed class ScopeReader
{
    private readonly EngineContext _context;
    private readonly PaneClock _clock;
    private readonly int[] _resolved = new int[RowChunk.Capacity];
    private readonly ulong[] _contradicting = RowMask.New();
    private RowChunk _chunk = null!;
    private int[]? _lines;
    private int[]? _factories;
    private int[]? _workshops;
    private int[]? _devices;
    private int[]? _products;
    private long _serial = -1;
    private long _compared = -1;
    private bool _contradicts;
    private int _pane = int.MinValue;
    private int _day;

    /// <summary>Makes the reader.</summary>
    public ScopeReader(EngineContext context)
    {
        _context = context;
        _clock = context.NewPaneClock();
    }

    /// <summary>Takes a chunk.</summary>
    public void Begin(RowChunk chunk)
    {
        if (_serial == chunk.Serial && ReferenceEquals(chunk, _chunk))
        {
            return;
        }

        _chunk = chunk;
        _serial = chunk.Serial;
        _compared = -1;
        _lines = Keys(Lane.Line);
        _factories = Keys(Lane.Factory);
        _workshops = Keys(Lane.Workshop);
        _devices = Keys(Lane.Device);
        _products = Keys(Lane.Product);
        _pane = int.MinValue;
        Resolve();
    }

    /// <summary>The line of each row, -1 where unknown; null when no row can have one.</summary>
    public int[]? Lines { get; private set; }

    /// <summary>The leaf of a row whose pane is known.</summary>
    public Leaf LeafOf(int row, bool withProduct) => new(
        _factories is null ? -1 : _factories[row],
        _workshops is null ? -1 : _workshops[row],
        Lines is null ? -1 : Lines[row],
        _context.ByDevice && _devices is not null ? _devices[row] : -1,
        withProduct && _products is not null ? _products[row] : -1);

    /// <summary>How many rows of a mask have a line of their own that differs from the registry's.</summary>
    public int Contradictions(ReadOnlySpan<ulong> rows)
    {
        if (_lines is null || _devices is null || _context.Registry is null)
        {
            return 0;
        }

        if (_compared != _serial)
        {
            Compare();
            _compared = _serial;
        }

        var count = 0;
        for (var word = 0; _contradicts && word < rows.Length; word++)
        {
            count += System.Numerics.BitOperations.PopCount(rows[word] & _contradicting[word]);
        }

        return count;
    }

    /// <summary>The local day of a row whose time is known.</summary>
    public int DayOf(int row)
    {
        if (_chunk.Pane[row] != _pane)
        {
            _pane = _chunk.Pane[row];
            _day = _clock.DayOf(_pane);
        }

        return _day;
    }

    private void Resolve()
    {
        if (_devices is null || _context.Registry is null || (_lines is not null && !_lines.AsSpan(0, _chunk.Length).Contains(-1)))
        {
            Lines = _lines;
            return;
        }

        for (var row = 0; row < _chunk.Length; row++)
        {
            var line = _lines is null ? -1 : _lines[row];
            _resolved[row] = line < 0 && _devices[row] >= 0 ? _context.Registry.LineOf(_devices[row], DayOf(row)) : line;
        }

        Lines = _resolved;
    }

    private void Compare()
    {
        _contradicts = false;
        _contradicting.AsSpan().Clear();
        var (lines, devices, registry) = (_lines!, _devices!, _context.Registry!);
        var always = registry.AlwaysLines;
        for (var row = 0; row < _chunk.Length; row++)
        {
            if ((uint)devices[row] < (uint)always.Length && always[devices[row]] == lines[row])
            {
                continue;   // nearly every row
            }

            if (lines[row] >= 0 && devices[row] >= 0 && registry.LineOf(devices[row], DayOf(row)) is >= 0 and var line && line != lines[row])
            {
                RowMask.Set(_contradicting, row);
                _contradicts = true;
            }
        }
    }

    private int[]? Keys(Lane lane) => _chunk.Has(lane) ? _chunk.Keys(lane) : null;
}
