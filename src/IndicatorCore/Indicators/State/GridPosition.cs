using System.Globalization;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State;

/// <summary>The grid cell of a radio sample: a ready-made key, else floor and coordinates (indicator-definitions 3.1).</summary>
internal sealed class GridPosition(EngineContext context)
{
    private readonly long _size = context.Query.Profile.GridSize;
    private readonly Dictionary<int, (int Floor, long X, long Y)?> _readyMade = [];
    private int[]? _keys;
    private bool _hasPosition;
    private bool _hasFloor;

    /// <summary>Takes a chunk.</summary>
    public void Begin(RowChunk chunk)
    {
        _keys = chunk.Has(Lane.Grid) ? chunk.Keys(Lane.Grid) : null;
        _hasPosition = chunk.Has(Lane.X) && chunk.Has(Lane.Y);
        _hasFloor = chunk.Has(Lane.Floor);
    }

    /// <summary>The cell of a row, or null when its position is not known.</summary>
    public (int Floor, long X, long Y)? Of(RowChunk chunk, int row)
    {
        if (_keys is not null && _keys[row] >= 0)
        {
            return ReadyMade(_keys[row]);
        }

        if (!_hasPosition || chunk.Classes(Lane.X)[row] != ValueClass.Valid || chunk.Classes(Lane.Y)[row] != ValueClass.Valid)
        {
            return null;
        }

        var floor = 0;
        if (_hasFloor && chunk.Classes(Lane.Floor)[row] == ValueClass.Valid)
        {
            floor = (int)Math.Clamp(chunk.Values(Lane.Floor)[row], int.MinValue, int.MaxValue);
        }

        return (floor, FloorDivide(chunk.Values(Lane.X)[row]), FloorDivide(chunk.Values(Lane.Y)[row]));
    }

    // the mathematical floor: -0.5 m lies in cell -1
    private long FloorDivide(long value) => Math.DivRem(value, _size, out var rest) - (rest < 0 ? 1 : 0);

    private (int Floor, long X, long Y)? ReadyMade(int grid)
    {
        if (!_readyMade.TryGetValue(grid, out var at))
        {
            var parts = context.Keys.Grids.Name(grid).Split(':');
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
