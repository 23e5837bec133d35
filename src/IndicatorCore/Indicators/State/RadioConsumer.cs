using System.Globalization;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;

namespace IndicatorCore.Indicators.State;

/// <summary>Radio samples by class, by scope and by grid cell (indicator-definitions 1.4 and 3).</summary>
internal sealed class RadioConsumer(EngineContext context, EngineState state) : TableConsumer(context, state, "radio")
{
    private readonly bool _keepsGrid = context.Needs.HasFlag(TableNeeds.Grid);
    private readonly long _rsrpThreshold = context.Query.Profile.RsrpThreshold;
    private readonly long _sinrThreshold = context.Query.Profile.SinrThreshold;
    private readonly long _gridSize = context.Query.Profile.GridSize;
    private readonly Dictionary<int, (int Floor, long X, long Y)?> _readyMade = [];
    private readonly PaneClock _spans = context.NewSpanClock();
    private int[]? _cells;
    private int[]? _rats;
    private int[]? _devices;
    private int[]? _grids;
    private long[] _rsrp = [];
    private byte[] _rsrpClass = [];
    private long[] _sinr = [];
    private byte[] _sinrClass = [];
    private bool _hasPosition;
    private PaneKey _key;
    private int _slot = -1;

    protected override void Begin(RowChunk chunk)
    {
        _cells = chunk.Has(Lane.Cell) ? chunk.Keys(Lane.Cell) : null;
        _rats = chunk.Has(Lane.Rat) ? chunk.Keys(Lane.Rat) : null;
        _devices = chunk.Has(Lane.Device) ? chunk.Keys(Lane.Device) : null;
        _grids = chunk.Has(Lane.Grid) ? chunk.Keys(Lane.Grid) : null;
        _rsrp = chunk.Values(Lane.Rsrp);
        _rsrpClass = chunk.Classes(Lane.Rsrp);
        _sinr = chunk.Values(Lane.Sinr);
        _sinrClass = chunk.Classes(Lane.Sinr);
        _hasPosition = chunk.Has(Lane.X) && chunk.Has(Lane.Y);
    }

    protected override bool FeedsAny(RowChunk chunk) => _cells is not null || _rats is not null
        || IsAnyPresent(chunk, Lane.Rsrp) || IsAnyPresent(chunk, Lane.Sinr);

    protected override bool Feeds(RowChunk chunk, int row) => _cells is not null || _rats is not null
        || IsPresent(chunk, Lane.Rsrp, row) || IsPresent(chunk, Lane.Sinr, row);

    protected override ref RowEvidence Place(RowChunk chunk, int row)
    {
        var key = new PaneKey(Scope.LeafOf(row, withProduct: false), _spans.PaneOf(chunk.Time[row]));
        if (_slot < 0 || !key.Equals(_key))
        {
            _key = key;
            _slot = State.Radio.Slot(key);
        }

        return ref State.Radio.At(_slot).Rows;
    }

    protected override void Update(RowChunk chunk, int row)
    {
        if (Scope.Contradicts(row))
        {
            State.ScopeConflicts++;
        }

        ref var cell = ref State.Radio.At(_slot);
        if (Count(ref cell.Counts, row))
        {
            cell.Touch(_devices is null ? -1 : _devices[row], Scope.DayOf(row));
        }

        if (_keepsGrid && Position(chunk, row) is { } at)
        {
            Count(ref State.Grid[new GridKey(_key.Leaf with { Device = -1 }, _key.Pane, at.Floor, at.X, at.Y)], row);
        }
    }

    protected override PaneKey Evidence(RowChunk chunk, int row) => _key;

    // precedence: UNSERVED, MISSING, INVALID, VALID; RSRP and SINR each have a class and the sample takes the first of them;
    // true when the sample is usable (valid or unserved)
    private bool Count(ref CoverageCounts counts, int row)
    {
        var unserved = (_cells is not null && _cells[row] < 0) || (_rats is not null && _rats[row] == RadioAccess.Other);
        if (unserved)
        {
            counts.Unserved++;
            return true;
        }

        if (ValueClass.IsMissing(_rsrpClass[row]) || ValueClass.IsMissing(_sinrClass[row]))
        {
            counts.Missing++;
            return false;
        }

        if (_rsrpClass[row] != ValueClass.Valid || _sinrClass[row] != ValueClass.Valid)
        {
            counts.Invalid++;
            return false;
        }

        counts.Valid++;
        if (_rsrp[row] >= _rsrpThreshold && _sinr[row] >= _sinrThreshold)
        {
            counts.Covered++;
        }

        return true;
    }

    private (int Floor, long X, long Y)? Position(RowChunk chunk, int row)
    {
        if (_grids is not null && _grids[row] >= 0)
        {
            return ReadyMade(_grids[row]);
        }

        if (!_hasPosition || chunk.Classes(Lane.X)[row] != ValueClass.Valid || chunk.Classes(Lane.Y)[row] != ValueClass.Valid)
        {
            return null;
        }

        var floor = 0;
        if (chunk.Has(Lane.Floor) && chunk.Classes(Lane.Floor)[row] == ValueClass.Valid)
        {
            floor = (int)Math.Clamp(chunk.Values(Lane.Floor)[row], int.MinValue, int.MaxValue);
        }

        return (floor, FloorDivide(chunk.Values(Lane.X)[row]), FloorDivide(chunk.Values(Lane.Y)[row]));
    }

    // the mathematical floor: -0.5 m lies in cell -1
    private long FloorDivide(long value) => Math.DivRem(value, _gridSize, out var rest) - (rest < 0 ? 1 : 0);

    private (int Floor, long X, long Y)? ReadyMade(int grid)
    {
        if (!_readyMade.TryGetValue(grid, out var at))
        {
            var parts = Context.Keys.Grids.Name(grid).Split(':');
            at = parts.Length == 3
                && int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var floor)
                && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var x)
                && long.TryParse(parts[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var y)
                ? (floor, x, y)
                : null;
            _readyMade.Add(grid, at);
        }

        return at;
    }
}
