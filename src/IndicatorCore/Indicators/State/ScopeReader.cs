using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State;

/// <summary>The leaf of a row: its own scope columns first, the registry's through the device where they are silent (decisions D3).</summary>
internal sealed class ScopeReader(EngineContext context)
{
    private RowChunk _chunk = null!;
    private PaneClock _clock = null!;
    private int[]? _lines;
    private int[]? _factories;
    private int[]? _workshops;
    private int[]? _devices;
    private int[]? _products;
    private int _pane = int.MinValue;
    private int _day;

    /// <summary>Takes a chunk.</summary>
    public void Begin(RowChunk chunk, PaneClock clock)
    {
        _chunk = chunk;
        _clock = clock;
        _lines = Keys(Lane.Line);
        _factories = Keys(Lane.Factory);
        _workshops = Keys(Lane.Workshop);
        _devices = Keys(Lane.Device);
        _products = Keys(Lane.Product);
        _pane = int.MinValue;
    }

    /// <summary>The leaf of a row whose pane is known.</summary>
    public Leaf LeafOf(int row, bool withProduct)
    {
        var device = _devices is null ? -1 : _devices[row];
        var line = _lines is null ? -1 : _lines[row];
        if (line < 0 && device >= 0 && context.Registry is not null)
        {
            line = context.Registry.LineOf(device, DayOf(row));
        }

        return new Leaf(
            _factories is null ? -1 : _factories[row],
            _workshops is null ? -1 : _workshops[row],
            line,
            context.ByDevice ? device : -1,
            withProduct && _products is not null ? _products[row] : -1);
    }

    /// <summary>Whether the row's own line and the registry's differ.</summary>
    public bool Contradicts(int row) => _lines is not null && _devices is not null && context.Registry is not null
        && _lines[row] >= 0 && _devices[row] >= 0 && context.Registry.LineOf(_devices[row], DayOf(row)) is >= 0 and var line && line != _lines[row];

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

    private int[]? Keys(Lane lane) => _chunk.Has(lane) ? _chunk.Keys(lane) : null;
}
