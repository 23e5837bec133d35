using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Packets with a deadline by leaf, span and the pane until which they are in flight.</summary>
/// <param name="name">The section's name.</param>
internal sealed class DeadlineSection(string name) : IStateSection<DeadlineKey, DeadlineCell>
{
    public string Name => name;

    public void Use(StateKeys keys, in DeadlineKey key, DeadlineCell cell) => keys.Use(key.Place.Leaf);

    public int Compare(StateKeys keys, in DeadlineKey left, in DeadlineKey right)
    {
        var order = keys.Compare(left.Place.Leaf, right.Place.Leaf);
        order = order != 0 ? order : left.Place.Pane.CompareTo(right.Place.Pane);
        return order != 0 ? order : left.Until.CompareTo(right.Until);
    }

    public void Write(StateRowWriter row, in DeadlineKey key, DeadlineCell cell)
    {
        row.Leaf(key.Place.Leaf);
        row.Pane(key.Place.Pane, isSpan: true);
        row.Instant(StateColumn.LastTs, key.Until == long.MinValue ? null : key.Until);
        row.Number(StateColumn.Valid, cell.InTime);
        row.Number(StateColumn.Count, cell.Sent);
    }

    public (DeadlineKey Key, DeadlineCell Cell) Read(in StateRow row)
    {
        var sent = row.Count(StateColumn.Count);
        return (
            new DeadlineKey(new PaneKey(row.Leaf(), row.Pane(isSpan: true)), row.Optional(StateColumn.LastTs) ?? long.MinValue),
            new DeadlineCell { Sent = sent, InTime = row.Number(StateColumn.Valid, 0, sent) });
    }
}
