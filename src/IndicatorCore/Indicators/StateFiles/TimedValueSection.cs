using System.Buffers.Binary;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Points by object and pane: in <c>devices</c> each as 17 bytes, time, value and kind, in ascending order.</summary>
/// <param name="name">The section's name.</param>
/// <param name="store">Where the points are kept.</param>
/// <param name="isInterval">Whether a point's value is the instant at which it ends.</param>
internal sealed class TimedValueSection(string name, TimedValueStore store, bool isInterval) : IStateSection<TimedValueKey, TimedValueCell>
{
    private const int Width = 17;

    public string Name => name;

    public void Use(StateKeys keys, in TimedValueKey key, TimedValueCell cell)
    {
        keys.Use(key.Leaf);
        keys.Use(StateKind.Element, key.Object);
    }

    public int Compare(StateKeys keys, in TimedValueKey left, in TimedValueKey right)
    {
        var order = keys.Compare(left.Leaf, right.Leaf);
        order = order != 0 ? order : keys.Compare(StateKind.Element, left.Object, right.Object);
        return order != 0 ? order : left.Pane.CompareTo(right.Pane);
    }

    public int Parts(StateKeys keys, in TimedValueKey key, Span<long> parts)
    {
        var count = keys.Parts(key.Leaf, parts);
        parts[count++] = keys.RankOf(StateKind.Element, key.Object);
        parts[count++] = key.Pane;
        return count;
    }

    public void Write(StateRowWriter row, in TimedValueKey key, TimedValueCell cell)
    {
        row.Leaf(key.Leaf);
        row.Key(StateColumn.Element, key.Object);
        row.Pane(key.Pane, isSpan: false);
        row.Evidence(cell.Rows);
        row.Number(StateColumn.Valid, cell.Valid);
        row.Number(StateColumn.Missing, cell.Missing);
        row.Number(StateColumn.Invalid, cell.Invalid);
        var points = store.Of(key);
        var bytes = new byte[points.Length * Width];
        for (var i = 0; i < points.Length; i++)
        {
            var at = bytes.AsSpan(i * Width);
            BinaryPrimitives.WriteInt64LittleEndian(at, points[i].Time);
            BinaryPrimitives.WriteInt64LittleEndian(at[8..], points[i].Value);
            at[16] = points[i].Kind;
        }

        row.Bytes(StateColumn.Devices, bytes);
    }

    public (TimedValueKey Key, TimedValueCell Cell) Read(in StateRow row)
    {
        var key = new TimedValueKey(row.Leaf(), row.Key(StateColumn.Element), row.Pane(isSpan: false));
        var cell = new TimedValueCell
        {
            Rows = row.Evidence(),
            Valid = row.Count(StateColumn.Valid),
            Missing = row.Count(StateColumn.Missing),
            Invalid = row.Count(StateColumn.Invalid),
        };
        var bytes = row.Bytes(StateColumn.Devices);
        var (from, to) = (row.Optional(StateColumn.PaneStart) ?? long.MinValue, row.Optional(StateColumn.PaneEnd) ?? long.MaxValue);
        TimedValue? last = null;
        for (; bytes.Length >= Width; bytes = bytes[Width..])
        {
            var point = new TimedValue(BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), bytes[16]);
            if (last is { } before && TimedValue.Compare(before, point) >= 0)
            {
                throw row.Fault(StateColumn.Devices, "points are not in their order");
            }

            if (point.Time < from || point.Time >= to || (isInterval && point.Value < point.Time))
            {
                throw row.Fault(StateColumn.Devices, "a point is not of its span");
            }

            store.Add(key, point);
            last = point;
        }

        return bytes.IsEmpty ? (key, cell) : throw row.Fault(StateColumn.Devices, "points end early");
    }
}
