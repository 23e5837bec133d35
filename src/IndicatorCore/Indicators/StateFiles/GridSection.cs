using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Radio samples by grid cell and span.</summary>
internal sealed class GridSection : IStateSection<GridKey, CoverageCounts>
{
    public string Name => StateSections.Grid;

    public void Use(StateKeys keys, in GridKey key, CoverageCounts cell) => keys.Use(key.Leaf);

    public int Compare(StateKeys keys, in GridKey left, in GridKey right)
    {
        var order = keys.Compare(left.Leaf, right.Leaf);
        order = order != 0 ? order : left.Pane.CompareTo(right.Pane);
        order = order != 0 ? order : left.Floor.CompareTo(right.Floor);
        order = order != 0 ? order : left.X.CompareTo(right.X);
        return order != 0 ? order : left.Y.CompareTo(right.Y);
    }

    public int Parts(StateKeys keys, in GridKey key, Span<long> parts)
    {
        var count = keys.Parts(key.Leaf, parts);
        parts[count++] = key.Pane;
        parts[count++] = key.Floor;
        parts[count++] = key.X;
        parts[count++] = key.Y;
        return count;
    }

    public void Write(StateRowWriter row, in GridKey key, CoverageCounts cell)
    {
        row.Leaf(key.Leaf);
        row.Pane(key.Pane, isSpan: true);
        row.Number(StateColumn.Floor, key.Floor);
        row.Number(StateColumn.X, key.X);
        row.Number(StateColumn.Y, key.Y);
        row.Coverage(cell);
    }

    public (GridKey Key, CoverageCounts Cell) Read(in StateRow row) => (
        new GridKey(
            row.Leaf(),
            row.Pane(isSpan: true),
            (int)row.Number(StateColumn.Floor, int.MinValue, int.MaxValue),
            row.Number(StateColumn.X, long.MinValue, long.MaxValue),
            row.Number(StateColumn.Y, long.MinValue, long.MaxValue)),
        row.Coverage());
}
