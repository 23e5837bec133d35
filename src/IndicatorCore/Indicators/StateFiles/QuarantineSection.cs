using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Quarantined rows by table, place and reason. In connectivity a cohort stands where others have a line.</summary>
internal sealed class QuarantineSection(RegistryIndex? registry) : IStateSection<QuarantineKey, CountCell>
{
    private static readonly int s_connectivity = Array.IndexOf(StateNames.Tables, "connectivity");
    private static readonly int s_radio = Array.IndexOf(StateNames.Tables, "radio");
    private static readonly int s_probe = Array.IndexOf(StateNames.Tables, "probe");

    public string Name => StateSections.Quarantine;

    public void Use(StateKeys keys, in QuarantineKey key, CountCell cell)
    {
        keys.Use(LeafOf(key));
        keys.Use(StateKind.Device, CohortOf(key));
    }

    public int Compare(StateKeys keys, in QuarantineKey left, in QuarantineKey right)
    {
        var order = left.Table.CompareTo(right.Table);
        order = order != 0 ? order : keys.Compare(StateKind.Device, CohortOf(left), CohortOf(right));
        order = order != 0 ? order : keys.Compare(LeafOf(left), LeafOf(right));
        order = order != 0 ? order : left.Place.Pane.CompareTo(right.Place.Pane);
        return order != 0 ? order : left.Reason.CompareTo(right.Reason);
    }

    public void Write(StateRowWriter row, in QuarantineKey key, CountCell cell)
    {
        row.Name(StateColumn.Table, StateNames.Tables[key.Table]);
        row.Name(StateColumn.Reason, QuarantineNames.Of(key.Reason));
        row.Key(StateColumn.Cohort, CohortOf(key));
        row.Leaf(LeafOf(key));
        row.Pane(key.Place.Pane, IsBySpan(key.Table));
        row.Number(StateColumn.Count, cell.Count);
    }

    public (QuarantineKey Key, CountCell Cell) Read(in StateRow row)
    {
        var table = row.Index(StateColumn.Table, StateNames.Tables);
        var reason = (QuarantineReason)(row.Index(StateColumn.Reason, StateNames.Reasons) + 1);
        var leaf = row.Leaf();
        if (table == s_connectivity)
        {
            leaf = leaf with { Line = Cohorts.Read(registry, row) };
        }

        return (new QuarantineKey(table, new PaneKey(leaf, row.Pane(IsBySpan(table))), reason), new CountCell { Count = row.Count(StateColumn.Count) });
    }

    private static bool IsBySpan(int table) => table == s_radio || table == s_probe;

    private static Leaf LeafOf(in QuarantineKey key) => key.Table == s_connectivity ? key.Place.Leaf with { Line = -1 } : key.Place.Leaf;

    private int CohortOf(in QuarantineKey key) => key.Table == s_connectivity ? Cohorts.DeviceOf(registry, key.Place.Leaf.Line) : -1;
}
