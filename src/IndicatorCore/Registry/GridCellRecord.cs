namespace IndicatorCore.Registry;

/// <summary>A target cell of a factory's site plan (interface 2, grid_cells).</summary>
/// <param name="Factory">工厂编号.</param>
/// <param name="Floor">楼层; absent = 0.</param>
/// <param name="X">ix = floor(x / g).</param>
/// <param name="Y">iy = floor(y / g).</param>
public sealed record GridCellRecord(string Factory, int Floor, long X, long Y);
