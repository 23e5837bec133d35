using System.Text;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Sessions by scope and device, with their span.</summary>
/// <param name="others">The keys of sessions.</param>
internal sealed class SessionSection(KeyTable others) : IStateSection<SessionKey, SessionCell>
{
    public string Name => StateSections.Session;

    public void Use(StateKeys keys, in SessionKey key, SessionCell cell)
    {
        keys.Use(key.Leaf);
        keys.Use(StateKind.Device, key.Device);
        keys.Use(StateKind.Other, key.Session);
    }

    public int Compare(StateKeys keys, in SessionKey left, in SessionKey right)
    {
        var order = keys.Compare(left.Leaf, right.Leaf);
        order = order != 0 ? order : keys.Compare(StateKind.Device, left.Device, right.Device);
        order = order != 0 ? order : keys.Compare(StateKind.Other, left.Session, right.Session);
        order = order != 0 ? order : left.Start.CompareTo(right.Start);
        return order != 0 ? order : left.End.CompareTo(right.End);
    }

    public void Write(StateRowWriter row, in SessionKey key, SessionCell cell)
    {
        row.Leaf(key.Leaf);
        row.Key(StateColumn.OnlyDevice, key.Device);
        row.Instant(StateColumn.FirstTs, cell.Start);
        row.Instant(StateColumn.LastTs, cell.End);
        row.Bytes(StateColumn.Devices, key.Session < 0 ? [] : Encoding.UTF8.GetBytes(others.Name(key.Session)));
    }

    public (SessionKey Key, SessionCell Cell) Read(in StateRow row)
    {
        var session = row.Bytes(StateColumn.Devices);
        if (row.Optional(StateColumn.FirstTs) is not { } start || row.Optional(StateColumn.LastTs) is not { } end || end < start)
        {
            throw row.Fault(StateColumn.FirstTs, "a session does not end after its start");
        }

        if (!System.Text.Unicode.Utf8.IsValid(session))
        {
            throw row.Fault(StateColumn.Devices, "a key is no UTF-8");
        }

        var number = session.IsEmpty ? -1 : others.GetOrAdd(session);
        var key = new SessionKey(row.Leaf(), row.Key(StateColumn.OnlyDevice), number, number < 0 ? start : 0, number < 0 ? end : 0);
        return (key, new SessionCell(start, end));
    }
}
