using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Elements of overall equipment effectiveness by leaf and pane. Products stand at 10⁻¹² s in columns of six places: as microseconds.</summary>
internal sealed class OeeSection : IStateSection<PaneKey, OeeSums>
{
    // 2^32 rows below the largest product
    private static readonly Int128 s_most = OeeSums.MostProduct << 32;

    public string Name => SupportSections.Oee;

    public void Use(StateKeys keys, in PaneKey key, OeeSums cell) => keys.Use(key.Leaf);

    public int Compare(StateKeys keys, in PaneKey left, in PaneKey right) =>
        keys.Compare(left.Leaf, right.Leaf) is not 0 and var order ? order : left.Pane.CompareTo(right.Pane);

    public int Parts(StateKeys keys, in PaneKey key, Span<long> parts)
    {
        var count = keys.Parts(key.Leaf, parts);
        parts[count] = key.Pane;
        return count + 1;
    }

    public void Write(StateRowWriter row, in PaneKey key, OeeSums cell)
    {
        row.Leaf(key.Leaf);
        row.Pane(key.Pane, isSpan: false);
        row.Evidence(cell.Rows);
        row.Number(StateColumn.Valid, cell.Valid);
        row.Number(StateColumn.Missing, cell.Missing);
        row.Number(StateColumn.Invalid, cell.Invalid);
        row.Sum(StateColumn.Machine, cell.Planned);
        row.Sum(StateColumn.Labour, cell.Actual);
        row.Sum(StateColumn.MachineOutput, cell.Produced);
        row.Sum(StateColumn.LabourOutput, cell.Good);
    }

    public (PaneKey Key, OeeSums Cell) Read(in StateRow row) => (
        new PaneKey(row.Leaf(), row.Pane(isSpan: false)),
        new OeeSums
        {
            Rows = row.Evidence(),
            Valid = row.ShortCount(StateColumn.Valid),
            Missing = row.ShortCount(StateColumn.Missing),
            Invalid = row.ShortCount(StateColumn.Invalid),
            Planned = row.Sum(StateColumn.Machine),
            Actual = row.Sum(StateColumn.Labour),
            Produced = Product(row, StateColumn.MachineOutput),
            Good = Product(row, StateColumn.LabourOutput),
        });

    private static Int128 Product(in StateRow row, StateColumn column)
    {
        var product = row.WideSum(column);
        return product > -s_most && product < s_most ? product : throw row.Fault(column, $"{product} is out of range");
    }
}
