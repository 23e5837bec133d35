using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Production rows by leaf, unit and pane.</summary>
internal sealed class ProductionSection : IStateSection<ProductionKey, ProductionSums>
{
    public string Name => StateSections.Production;

    public void Use(StateKeys keys, in ProductionKey key, ProductionSums cell)
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

    public void Write(StateRowWriter row, in ProductionKey key, ProductionSums cell)
    {
        row.Leaf(key.Leaf);
        row.Key(StateColumn.Unit, key.Unit);
        row.Pane(key.Pane, isSpan: false);
        row.Evidence(cell.Rows);
        row.Number(StateColumn.Valid, cell.ValidOutputRows);
        row.Number(StateColumn.Missing, cell.MissingOutputRows);
        row.Number(StateColumn.Producing, cell.ProducingRows);
        row.Sum(StateColumn.Output, cell.Output);
        row.Number(StateColumn.LabourRows, cell.Labour.Rows);
        row.Sum(StateColumn.LabourOutput, cell.Labour.Output);
        row.Sum(StateColumn.Labour, cell.Labour.Input);
        row.Sum(StateColumn.LabourWithoutOutput, cell.Labour.InputWithoutOutput);
        row.Number(StateColumn.MachineRows, cell.Machine.Rows);
        row.Sum(StateColumn.MachineOutput, cell.Machine.Output);
        row.Sum(StateColumn.Machine, cell.Machine.Input);
        row.Sum(StateColumn.MachineWithoutOutput, cell.Machine.InputWithoutOutput);
    }

    public (ProductionKey Key, ProductionSums Cell) Read(in StateRow row) => (
        new ProductionKey(row.Leaf(), row.Key(StateColumn.Unit), row.Pane(isSpan: false)),
        new ProductionSums
        {
            Rows = row.Evidence(),
            ValidOutputRows = row.ShortCount(StateColumn.Valid),
            MissingOutputRows = row.ShortCount(StateColumn.Missing),
            ProducingRows = row.ShortCount(StateColumn.Producing),
            Output = row.Sum(StateColumn.Output),
            Labour = new InputSums
            {
                Rows = row.ShortCount(StateColumn.LabourRows),
                Output = row.Sum(StateColumn.LabourOutput),
                Input = row.Sum(StateColumn.Labour),
                InputWithoutOutput = row.Sum(StateColumn.LabourWithoutOutput),
            },
            Machine = new InputSums
            {
                Rows = row.ShortCount(StateColumn.MachineRows),
                Output = row.Sum(StateColumn.MachineOutput),
                Input = row.Sum(StateColumn.Machine),
                InputWithoutOutput = row.Sum(StateColumn.MachineWithoutOutput),
            },
        });
}
