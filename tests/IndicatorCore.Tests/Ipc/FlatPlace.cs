using System.Buffers.Binary;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Finds the places of a finished FlatBuffer, so that a test can write nonsense into them.</summary>
internal static class FlatPlace
{
    public static int Root(byte[] bytes) => Follow(bytes, 0);

    public static int Vtable(byte[] bytes, int table) => table - BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(table));

    /// <summary>Where the vtable says where a field is.</summary>
    public static int Slot(byte[] bytes, int table, int field) => Vtable(bytes, table) + 4 + (2 * field);

    public static int Field(byte[] bytes, int table, int field) =>
        table + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(Slot(bytes, table, field)));

    /// <summary>The table, vector or string that an offset leads to; a vector and a string start with their count.</summary>
    public static int Follow(byte[] bytes, int at) => at + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));

    /// <summary>The table that a field of a table leads to.</summary>
    public static int Into(byte[] bytes, int table, int field) => Follow(bytes, Field(bytes, table, field));

    public static void Put16(byte[] bytes, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);

    public static void Put32(byte[] bytes, int at, long value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), (uint)value);
}
