using System.Buffers.Binary;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State.Rows;

/// <summary>
/// A kept row as bytes. What decides between rows comes first, written so that bytes order as rows do: the record key's hash, the payload's
/// hash, then the revision and the ingest sequence, the greatest first. Then the shape, the input, the time, the reason why the row was set
/// aside, a number a key lane, and a class and a number a value lane.
/// </summary>
internal static class RowRecord
{
    public const int PayloadAt = 16;
    public const int RevisionAt = 32;
    public const int HeadBytes = 48;
    public const int ShapeAt = HeadBytes;
    public const int InputAt = ShapeAt + sizeof(int);
    public const int TimeAt = InputAt + sizeof(int);
    public const int ReasonAt = TimeAt + sizeof(long);
    public const int KeysAt = ReasonAt + 1;
    public const int ValueBytes = 1 + sizeof(long);

    /// <summary>Writes what decides between rows.</summary>
    public static void WriteHead(Span<byte> record, UInt128 key, UInt128 payload, long revision, long ingestSequence)
    {
        BinaryPrimitives.WriteUInt128BigEndian(record, key);
        BinaryPrimitives.WriteUInt128BigEndian(record[PayloadAt..], payload);
        BinaryPrimitives.WriteUInt64BigEndian(record[RevisionAt..], Descending(revision));
        BinaryPrimitives.WriteUInt64BigEndian(record[(RevisionAt + sizeof(long))..], Descending(ingestSequence));
    }

    /// <summary>Writes a row of a chunk behind its head.</summary>
    public static void WriteRow(Span<byte> record, RowShape shape, int input, RowChunk chunk, int row)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record[ShapeAt..], shape.Number);
        BinaryPrimitives.WriteInt32LittleEndian(record[InputAt..], input);
        BinaryPrimitives.WriteInt64LittleEndian(record[TimeAt..], chunk.Time[row]);
        record[ReasonAt] = (byte)chunk.Reason[row];
        var at = KeysAt;
        foreach (var lane in shape.KeyLanes)
        {
            BinaryPrimitives.WriteInt32LittleEndian(record[at..], chunk.Keys(lane)[row]);
            at += sizeof(int);
        }

        foreach (var lane in shape.ValueLanes)
        {
            var kind = chunk.Classes(lane)[row];
            record[at] = kind;
            BinaryPrimitives.WriteInt64LittleEndian(record[(at + 1)..], kind == ValueClass.Valid ? chunk.Values(lane)[row] : 0);
            at += ValueBytes;
        }
    }

    /// <summary>Puts a record behind the rows of a chunk; panes are not known then.</summary>
    public static void Load(ReadOnlySpan<byte> record, RowShape shape, RowChunk chunk, RowDisposition disposition)
    {
        var row = chunk.Length++;
        chunk.Time[row] = TimeOf(record);
        chunk.Reason[row] = (QuarantineReason)record[ReasonAt];
        chunk.Disposition[row] = disposition;
        var at = KeysAt;
        foreach (var lane in shape.KeyLanes)
        {
            chunk.Keys(lane)[row] = BinaryPrimitives.ReadInt32LittleEndian(record[at..]);
            at += sizeof(int);
        }

        foreach (var lane in shape.ValueLanes)
        {
            chunk.Classes(lane)[row] = record[at];
            chunk.Values(lane)[row] = BinaryPrimitives.ReadInt64LittleEndian(record[(at + 1)..]);
            at += ValueBytes;
        }
    }

    /// <summary>The number that orders most records.</summary>
    public static ulong PrefixOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt64BigEndian(record);

    public static int ShapeOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt32LittleEndian(record[ShapeAt..]);

    public static int InputOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt32LittleEndian(record[InputAt..]);

    public static long TimeOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadInt64LittleEndian(record[TimeAt..]);

    // the greatest first, none (the smallest number) last
    private static ulong Descending(long value) => ~((ulong)value ^ (1UL << 63));
}
