using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Energy rows by leaf and pane.</summary>
internal sealed class EnergySection : IStateSection<PaneKey, EnergySums>
{
    public string Name => StateSections.Energy;

    public void Use(StateKeys keys, in PaneKey key, EnergySums cell) => keys.Use(key.Leaf);

    public int Compare(StateKeys keys, in PaneKey left, in PaneKey right) =>
        keys.Compare(left.Leaf, right.Leaf) is not 0 and var order ? order : left.Pane.CompareTo(right.Pane);

    public int Parts(StateKeys keys, in PaneKey key, Span<long> parts)
    {
        var count = keys.Parts(key.Leaf, parts);
        parts[count] = key.Pane;
        return count + 1;
    }

    public void Write(StateRowWriter row, in PaneKey key, EnergySums cell)
    {
        row.Leaf(key.Leaf);
        row.Pane(key.Pane, isSpan: false);
        row.Evidence(cell.Rows);
        row.Number(StateColumn.Valid, cell.Valid);
        row.Number(StateColumn.Missing, cell.Missing);
        row.Number(StateColumn.Invalid, cell.Invalid);
        row.Sum(StateColumn.Energy, cell.Energy);
    }

    public (PaneKey Key, EnergySums Cell) Read(in StateRow row) => (
        new PaneKey(row.Leaf(), row.Pane(isSpan: false)),
        new EnergySums
        {
            Rows = row.Evidence(),
            Valid = row.ShortCount(StateColumn.Valid),
            Missing = row.ShortCount(StateColumn.Missing),
            Invalid = row.ShortCount(StateColumn.Invalid),
            Energy = row.Sum(StateColumn.Energy),
        });
}
