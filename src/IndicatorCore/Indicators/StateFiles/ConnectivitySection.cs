using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Connectivity rows by cohort and pane. A cohort is written as its first device in the registry.</summary>
internal sealed class ConnectivitySection(RegistryIndex? registry) : IStateSection<ConnectivityKey, ConnectivityCell>
{
    public string Name => StateSections.Connectivity;

    public void Use(StateKeys keys, in ConnectivityKey key, ConnectivityCell cell)
    {
        keys.Use(StateKind.Device, key.Device);
        keys.Use(StateKind.Device, Cohorts.DeviceOf(registry, key.Cohort));
    }

    public int Compare(StateKeys keys, in ConnectivityKey left, in ConnectivityKey right)
    {
        var order = keys.Compare(StateKind.Device, Cohorts.DeviceOf(registry, left.Cohort), Cohorts.DeviceOf(registry, right.Cohort));
        order = order != 0 ? order : keys.Compare(StateKind.Device, left.Device, right.Device);
        return order != 0 ? order : left.Pane.CompareTo(right.Pane);
    }

    public int Parts(StateKeys keys, in ConnectivityKey key, Span<long> parts)
    {
        parts[0] = keys.RankOf(StateKind.Device, Cohorts.DeviceOf(registry, key.Cohort));
        parts[1] = keys.RankOf(StateKind.Device, key.Device);
        parts[2] = key.Pane;
        return 3;
    }

    public void Write(StateRowWriter row, in ConnectivityKey key, ConnectivityCell cell)
    {
        row.Key(StateColumn.Cohort, Cohorts.DeviceOf(registry, key.Cohort));
        row.Key(StateColumn.Device, key.Device);
        row.Pane(key.Pane, isSpan: false);
        row.Evidence(cell.Rows);
        row.Number(StateColumn.Valid, cell.Valid);
        row.Number(StateColumn.Missing, cell.Missing);
    }

    public (ConnectivityKey Key, ConnectivityCell Cell) Read(in StateRow row) => (
        new ConnectivityKey(Cohorts.Read(registry, row), row.Key(StateColumn.Device), row.Pane(isSpan: false)),
        new ConnectivityCell { Rows = row.Evidence(), Valid = row.Count(StateColumn.Valid), Missing = row.Count(StateColumn.Missing) });
}
