using System.Buffers.Binary;
using System.Security.Cryptography;
using IndicatorCore.Columns;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Hashes the rows of one input, for one worker.</summary>
/// <param name="table">The name of the table, UTF-8.</param>
/// <param name="payload">The columns of the payload, their names in UTF-8.</param>
/// <param name="key">Those of the record key; null = the payload's.</param>
internal sealed class RowHasher(byte[] table, (int Ordinal, byte[] Name)[] payload, (int Ordinal, byte[] Name)[]? key)
{
    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>Hashes a row.</summary>
    public (UInt128 Key, UInt128 Payload) Of(scoped RecordBatch batch, int row)
    {
        var hash = Hash(batch, row, payload);
        return (key is null ? hash : Hash(batch, row, key), hash);
    }

    private UInt128 Hash(scoped RecordBatch batch, int row, (int Ordinal, byte[] Name)[] columns)
    {
        _length = 0;
        Append(table);
        foreach (var (ordinal, name) in columns)
        {
            Append(name);
            Append(batch[ordinal], row);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.AsSpan(0, _length), digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    private void Append(scoped Column column, int row)
    {
        if (column.Field.Type.Id == ArrowTypeId.Null || !column.IsValid(row)
            || (column.Dictionary is { } dictionary && dictionary.IsNull(column.Code(row))))
        {
            Append(isPresent: false, default);
        }
        else if (column.Field.Type.Id == ArrowTypeId.Bool && column.Dictionary is null)
        {
            Append(isPresent: true, column.Bit(row) ? [1] : [0]);
        }
        else
        {
            // nested values are no keys and no measures: only their presence takes part
            Append(isPresent: true, column.ChildCount == 0 ? column.Bytes(row) : default);
        }
    }

    private void Append(bool isPresent, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = isPresent ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], value.Length);
        Append(head);
        Append(value);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _length < bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }
}
