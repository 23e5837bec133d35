using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>The sums of one ratio by leaf, unit and pane.</summary>
internal sealed class RatioSection(string name) : IStateSection<ProductionKey, RatioSums>
{
    public string Name => name;

    public void Use(StateKeys keys, in ProductionKey key, RatioSums cell)
    {
        keys.Use(key.Leaf);
        keys.Use(StateKind.Unit, key.Unit);
    }

    public int Compare(StateKeys keys, in ProductionKey left, in ProductionKey right)
    {
        var order = keys.Compare(left.Leaf, right.Leaf);
        order = order != 0 ? order : keys.Compare(StateKind.Unit, left.Unit, right.Unit);
        return order != 0 ? order : left.Pane.CompareTo(right.Pane);
    }

    public int Parts(StateKeys keys, in ProductionKey key, Span<long> parts)
    {
        var count = keys.Parts(key.Leaf, parts);
        parts[count++] = keys.RankOf(StateKind.Unit, key.Unit);
        parts[count++] = key.Pane;
        return count;
    }

    public void Write(StateRowWriter row, in ProductionKey key, RatioSums cell)
    {
        row.Leaf(key.Leaf);
        row.Key(StateColumn.Unit, key.Unit);
        row.Pane(key.Pane, isSpan: false);
        row.Evidence(cell.Rows);
        row.Number(StateColumn.Valid, cell.Valid);
        row.Number(StateColumn.Missing, cell.Missing);
        row.Number(StateColumn.Invalid, cell.Invalid);
        row.Number(StateColumn.Count, cell.LoneRows);
        row.Sum(StateColumn.Output, cell.Numerator);
        row.Sum(StateColumn.MachineOutput, cell.Denominator);
        row.Sum(StateColumn.LabourOutput, cell.LoneNumerator);
    }

    public (ProductionKey Key, RatioSums Cell) Read(in StateRow row) => (
        new ProductionKey(row.Leaf(), row.Key(StateColumn.Unit), row.Pane(isSpan: false)),
        new RatioSums
        {
            Rows = row.Evidence(),
            Valid = row.ShortCount(StateColumn.Valid),
            Missing = row.ShortCount(StateColumn.Missing),
            Invalid = row.ShortCount(StateColumn.Invalid),
            LoneRows = row.ShortCount(StateColumn.Count),
            Numerator = row.Sum(StateColumn.Output),
            Denominator = row.Sum(StateColumn.MachineOutput),
            LoneNumerator = row.Sum(StateColumn.LabourOutput),
        });
}
