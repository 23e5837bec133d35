using System.Buffers.Binary;
using System.Text;

namespace IndicatorCore.Adapters.Quarantine;

/// <summary>One row of a segment, looked at in place; its parts are taken in the order in which they were appended.</summary>
internal ref struct SpooledRow(ReadOnlySpan<byte> rows)
{
    private ReadOnlySpan<byte> _rest = rows;

    /// <summary>Whether all rows of the segment are taken.</summary>
    public readonly bool IsEnd => _rest.IsEmpty;

    public int TakeInt32()
    {
        var value = BinaryPrimitives.ReadInt32LittleEndian(_rest);
        _rest = _rest[sizeof(int)..];
        return value;
    }

    public long? TakeInstant()
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(_rest);
        _rest = _rest[sizeof(long)..];
        return value == long.MinValue ? null : value;
    }

    public string TakeText() => Encoding.UTF8.GetString(TakeBytes(out _));

    /// <summary>A value's bytes; empty for null.</summary>
    public ReadOnlySpan<byte> TakeBytes(out bool isNull)
    {
        var length = TakeInt32();
        isNull = length < 0;
        var bytes = isNull ? default : _rest[..length];
        _rest = _rest[bytes.Length..];
        return bytes;
    }
}
