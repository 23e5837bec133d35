using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>
/// Points by what they are of. Flow or object, counter and direction stand before the points, each as its length in bytes (32 bits, little-endian,
/// -1 = none) and its UTF-8: their keys have no dictionary.
/// </summary>
/// <param name="store">The points of the state.</param>
/// <param name="others">The keys.</param>
internal sealed class PointSection(PointStore store, KeyTable others) : IStateSection<PointKey, PointCell>
{
    private static readonly string[] s_tables = ["connectivity", "radio", "probe", "counter"];   // by PointKind

    public string Name => StateSections.Point;

    /// <summary>Notes the keys of all points, on disk or not; what is returned writes them.</summary>
    /// <exception cref="Errors.SpillException">Points cannot be read back.</exception>
    public Action<StateRowWriter> Prepare(StateKeys keys)
    {
        if (!store.IsSpilled)
        {
            return StateFileWriter.Sorted(store.Slots, this, keys);
        }

        foreach (var key in Enum.GetValues<PointKind>().SelectMany(store.Keys))
        {
            Use(keys, key, default);
        }

        return rows =>
        {
            foreach (var (key, points) in Enum.GetValues<PointKind>().SelectMany(store.Of))   // in the order of Compare
            {
                rows.Begin(Name);
                Write(rows, key, new PointCell { Points = points });
            }
        };
    }

    public void Use(StateKeys keys, in PointKey key, PointCell cell)
    {
        keys.Use(key.Leaf);
        keys.Use(StateKind.Device, key.Device);
        keys.Use(StateKind.Other, key.Stream);
        keys.Use(StateKind.Other, key.Counter);
        keys.Use(StateKind.Other, key.Direction);
    }

    public int Compare(StateKeys keys, in PointKey left, in PointKey right)
    {
        var order = left.Kind.CompareTo(right.Kind);
        order = order != 0 ? order : keys.Compare(StateKind.Device, left.Device, right.Device);
        order = order != 0 ? order : keys.Compare(left.Leaf, right.Leaf);
        order = order != 0 ? order : keys.Compare(StateKind.Other, left.Stream, right.Stream);
        order = order != 0 ? order : keys.Compare(StateKind.Other, left.Counter, right.Counter);
        return order != 0 ? order : keys.Compare(StateKind.Other, left.Direction, right.Direction);
    }

    public void Write(StateRowWriter row, in PointKey key, PointCell cell)
    {
        var bytes = new ArrayBufferWriter<byte>();
        WriteKey(bytes, key.Stream);
        WriteKey(bytes, key.Counter);
        WriteKey(bytes, key.Direction);
        bytes.Write(cell.Points!.ToBytes());
        row.Name(StateColumn.Table, s_tables[(int)key.Kind]);
        row.Leaf(key.Leaf);
        row.Key(StateColumn.OnlyDevice, key.Device);
        row.Number(StateColumn.Count, cell.Points.Count);
        row.Bytes(StateColumn.Devices, bytes.WrittenSpan);
    }

    // the points go straight into the state; the cell that is returned adds nothing
    public (PointKey Key, PointCell Cell) Read(in StateRow row)
    {
        var kind = (PointKind)row.Index(StateColumn.Table, s_tables);
        var bytes = row.Bytes(StateColumn.Devices);
        var key = new PointKey(kind, row.Leaf(), row.Key(StateColumn.OnlyDevice), ReadKey(ref bytes, row), ReadKey(ref bytes, row), ReadKey(ref bytes, row));
        var points = store.NewSet(kind);
        try
        {
            if (!points.TryRead(bytes, row.Number(StateColumn.Count, 1, long.MaxValue)))
            {
                throw row.Fault(StateColumn.Devices, "the points are none, out of order, or not as many as the row says");
            }

            store[key].MergeFrom(points);
        }
        finally
        {
            points.Clear();
        }

        return (key, default);
    }

    private void WriteKey(ArrayBufferWriter<byte> bytes, int number)
    {
        var utf8 = number < 0 ? null : Encoding.UTF8.GetBytes(others.Name(number));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(sizeof(int)), utf8?.Length ?? -1);
        bytes.Advance(sizeof(int));
        bytes.Write(utf8);
    }

    private int ReadKey(ref ReadOnlySpan<byte> bytes, in StateRow row)
    {
        var length = bytes.Length < sizeof(int) ? int.MinValue : BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < -1 || length > bytes.Length - sizeof(int))
        {
            throw row.Fault(StateColumn.Devices, "a key ends early");
        }

        var utf8 = bytes.Slice(sizeof(int), Math.Max(length, 0));
        bytes = bytes[(sizeof(int) + utf8.Length)..];
        return length < 0 ? -1
            : System.Text.Unicode.Utf8.IsValid(utf8) ? others.GetOrAdd(utf8)
            : throw row.Fault(StateColumn.Devices, "a key is no UTF-8");
    }
}
