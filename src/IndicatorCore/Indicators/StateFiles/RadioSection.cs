using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Radio samples by leaf and span.</summary>
internal sealed class RadioSection : IStateSection<PaneKey, RadioCell>
{
    public string Name => StateSections.Radio;

    public void Use(StateKeys keys, in PaneKey key, RadioCell cell)
    {
        keys.Use(key.Leaf);
        keys.Use(StateKind.Device, cell.OnlyDevice);
    }

    public int Compare(StateKeys keys, in PaneKey left, in PaneKey right) =>
        keys.Compare(left.Leaf, right.Leaf) is not 0 and var order ? order : left.Pane.CompareTo(right.Pane);

    public int Parts(StateKeys keys, in PaneKey key, Span<long> parts)
    {
        var count = keys.Parts(key.Leaf, parts);
        parts[count] = key.Pane;
        return count + 1;
    }

    public void Write(StateRowWriter row, in PaneKey key, RadioCell cell)
    {
        row.Leaf(key.Leaf);
        row.Pane(key.Pane, isSpan: true);
        row.Evidence(cell.Rows);
        row.Coverage(cell.Counts);
        row.Number(StateColumn.DevicesSeen, cell.DevicesSeen);
        row.Key(StateColumn.OnlyDevice, cell.OnlyDevice);
        row.Number(StateColumn.DaysSeen, cell.DaysSeen);
        row.Optional(StateColumn.OnlyDay, cell.DaysSeen == 1 ? cell.OnlyDay : null);
    }

    public (PaneKey Key, RadioCell Cell) Read(in StateRow row)
    {
        var devices = (int)row.Number(StateColumn.DevicesSeen, 0, 2);
        var days = (int)row.Number(StateColumn.DaysSeen, 0, 2);
        var (device, day) = (row.Key(StateColumn.OnlyDevice), row.Optional(StateColumn.OnlyDay));
        if (device >= 0 != (devices == 1) || day is not null != (days == 1) || day is < -MostDays or > MostDays)
        {
            throw row.Fault(StateColumn.OnlyDevice, "the only device or day contradicts how many were seen");
        }

        var cell = new RadioCell { Rows = row.Evidence(), Counts = row.Coverage() };
        return (new PaneKey(row.Leaf(), row.Pane(isSpan: true)), cell.Seen(devices, device, days, (int)(day ?? 0)));
    }

    private const long MostDays = 1_000_000;
}
