using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Cost rows by leaf, element and period.</summary>
internal sealed class CostSection : IStateSection<CostKey, CostSums>
{
    private const long MostDays = 10_000_000;

    public string Name => StateSections.Cost;

    public void Use(StateKeys keys, in CostKey key, CostSums cell)
    {
        keys.Use(key.Leaf);
        keys.Use(StateKind.Element, key.Element);
    }

    public int Compare(StateKeys keys, in CostKey left, in CostKey right)
    {
        var order = keys.Compare(left.Leaf, right.Leaf);
        order = order != 0 ? order : keys.Compare(StateKind.Element, left.Element, right.Element);
        order = order != 0 ? order : left.IsProject.CompareTo(right.IsProject);
        order = order != 0 ? order : left.Pane.CompareTo(right.Pane);
        return order != 0 ? order : left.EndDay.CompareTo(right.EndDay);
    }

    public int Parts(StateKeys keys, in CostKey key, Span<long> parts)
    {
        var count = keys.Parts(key.Leaf, parts);
        parts[count++] = keys.RankOf(StateKind.Element, key.Element);
        parts[count++] = key.IsProject ? 1 : 0;
        parts[count++] = key.Pane;
        parts[count++] = key.EndDay;
        return count;
    }

    public void Write(StateRowWriter row, in CostKey key, CostSums cell)
    {
        row.Leaf(key.Leaf);
        row.Key(StateColumn.Element, key.Element);
        row.Flag(StateColumn.IsProjectCost, key.IsProject);
        row.Pane(key.Pane, isSpan: false);
        row.Optional(StateColumn.EndDay, key.EndDay == CostKey.NoEnd ? null : key.EndDay);
        row.Evidence(cell.Rows);
        row.Number(StateColumn.Valid, cell.ValidRows);
        row.Number(StateColumn.Missing, cell.MissingRows);
        row.Sum(StateColumn.Amount, cell.Amount);
        row.Number(StateColumn.OutputRows, cell.OutputRows);
        row.Sum(StateColumn.Output, cell.Output);
    }

    public (CostKey Key, CostSums Cell) Read(in StateRow row)
    {
        var end = row.Optional(StateColumn.EndDay);
        if (end is < -MostDays or > MostDays)
        {
            throw row.Fault(StateColumn.EndDay, $"day {end} is out of range");
        }

        var key = new CostKey(
            row.Leaf(), row.Key(StateColumn.Element), row.Flag(StateColumn.IsProjectCost), row.Pane(isSpan: false), (int)(end ?? CostKey.NoEnd));
        return (key, new CostSums
        {
            Rows = row.Evidence(),
            ValidRows = row.ShortCount(StateColumn.Valid),
            MissingRows = row.ShortCount(StateColumn.Missing),
            Amount = row.Sum(StateColumn.Amount),
            OutputRows = row.ShortCount(StateColumn.OutputRows),
            Output = row.Sum(StateColumn.Output),
        });
    }
}
