using System.Buffers.Binary;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>The growing values of one dictionary id. Deltas only append to its memory, so snapshots taken before stay as they were.</summary>
internal sealed class DictionaryAccumulator
{
    private readonly ReaderMemory _memory;
    private readonly ColumnLayout _layout;
    private readonly int _width;
    private byte[] _validity = [];
    private byte[] _first = [];
    private byte[] _second = [];
    private long _held;
    private int _bytes;
    private int _count;
    private int _nulls;
    private ColumnData? _nested;
    private DictionaryValues? _snapshot;
    private bool _isDefined;

    public DictionaryAccumulator(long id, Field values, ReaderMemory memory)
    {
        Id = id;
        _memory = memory;
        ValueSchema = new Schema { Fields = [values] };
        var shape = ColumnData.Build(values);
        _width = shape.Width;
        _layout = shape.Layout switch
        {
            ColumnLayout.Fixed or ColumnLayout.Bits => shape.Layout,
            ColumnLayout.Bytes32 or ColumnLayout.Bytes64 or ColumnLayout.Views => ColumnLayout.Bytes32,
            _ => ColumnLayout.Null,
        };
    }

    /// <summary>The dictionary's id.</summary>
    public long Id { get; }

    /// <summary>A schema of one field: the values, as a dictionary message carries them.</summary>
    public Schema ValueSchema { get; }

    /// <summary>Whether a first message defined it.</summary>
    public bool IsDefined => _isDefined;

    /// <summary>Refuses a message of so many values where they would be too many.</summary>
    public void CheckEntries(int added, bool isDelta)
    {
        var count = added + (isDelta ? (long)_count : 0);
        if (count > _memory.Options.MaxDictionaryEntries)
        {
            throw ReaderLimit.Exceeded(
                $"Dictionary {Id} has {count} values",
                _memory.Options.MaxDictionaryEntries,
                nameof(IpcReaderOptions.MaxDictionaryEntries),
                new DataLocation(Column: ValueSchema.Fields[0].Name));
        }
    }

    /// <summary>Takes the decoded values of a lease: behind the present ones, or instead of them.</summary>
    /// <returns>Whether the values live in the lease's memory from now on, so that it must not be filled again.</returns>
    public bool Apply(BatchLease lease, bool isDelta)
    {
        if (isDelta && !_isDefined)
        {
            throw new MalformedArrowException($"A delta comes before dictionary {Id} itself");
        }

        var added = lease.Loaded(0);
        var isKept = _layout == ColumnLayout.Null;
        if (isKept && isDelta)
        {
            throw new UnsupportedArrowException(
                $"A delta of dictionary {Id} with nested values is not read", new DataLocation(Column: ValueSchema.Fields[0].Name));
        }

        if (!isDelta)
        {
            _memory.GiveBack(_held);
            _held = 0;
            (_validity, _first, _second) = ([], [], []);
            (_bytes, _count, _nulls) = (0, 0, 0);
        }

        if (isKept)
        {
            Take(lease.MemoryHeld);
            _nested = added;
        }
        else
        {
            Append(added);
        }

        _isDefined = true;
        _snapshot = null;
        return isKept;
    }

    /// <summary>The values as they are now; the same object until a message changes them.</summary>
    public DictionaryValues Snapshot() => _snapshot ??= new DictionaryValues(Id, _nested ?? Flat());

    private ColumnData Flat()
    {
        var field = ValueSchema.Fields[0];
        return _layout switch
        {
            ColumnLayout.Null => ColumnData.Build(field),
            ColumnLayout.Bits => ColumnData.Over(field, _layout, 0, _count, _nulls, _validity, _first.AsMemory(0, (_count + 7) / 8), default),
            ColumnLayout.Fixed => ColumnData.Over(field, _layout, _width, _count, _nulls, _validity, _first.AsMemory(0, _count * _width), default),
            _ => ColumnData.Over(
                field,
                _layout,
                0,
                _count,
                _nulls,
                _validity,
                _first.AsMemory(0, _count == 0 ? 0 : (_count + 1) * sizeof(int)),
                _second.AsMemory(0, _bytes)),
        };
    }

    private void Append(ColumnData added)
    {
        var count = _count + (long)added.Length;
        var column = new Column(added);
        Grow(ref _validity, (count + 7) / 8);
        switch (_layout)
        {
            case ColumnLayout.Fixed:
                Grow(ref _first, count * _width);
                added.Slots[ColumnData.FirstSlot].Bytes.Span.CopyTo(_first.AsSpan(_count * _width));
                break;
            case ColumnLayout.Bits:
                Grow(ref _first, (count + 7) / 8);
                break;
            default:
                AppendBytes(column, count);
                break;
        }

        for (var i = 0; i < added.Length; i++)
        {
            Set(_validity, _count + i, column.IsValid(i));
            if (_layout == ColumnLayout.Bits)
            {
                Set(_first, _count + i, column.Bit(i));
            }
        }

        _nulls += added.NullCount;
        _count = (int)count;
    }

    private void AppendBytes(in Column column, long count)
    {
        Grow(ref _first, (count + 1) * sizeof(int));
        for (var i = 0; i < column.Length; i++)
        {
            var bytes = column.IsValid(i) ? column.Bytes(i) : default;
            Grow(ref _second, _bytes + (long)bytes.Length);
            bytes.CopyTo(_second.AsSpan(_bytes));
            _bytes += bytes.Length;
            BinaryPrimitives.WriteInt32LittleEndian(_first.AsSpan((_count + i + 1) * sizeof(int)), _bytes);
        }
    }

    private void Grow(ref byte[] bytes, long need)
    {
        if (need <= bytes.Length)
        {
            return;
        }

        var limit = _memory.Options.MaxDictionaryBytes;
        var others = _held - bytes.Length;
        if (others + need > limit)
        {
            throw ReaderLimit.Exceeded(
                $"The values of dictionary {Id} take {others + need} bytes",
                limit,
                nameof(IpcReaderOptions.MaxDictionaryBytes),
                new DataLocation(Column: ValueSchema.Fields[0].Name));
        }

        var length = (int)Math.Min(Math.Max(need, 2L * bytes.Length), Math.Min(limit - others, Array.MaxLength));
        Take(length - bytes.Length);
        var grown = new byte[length];
        bytes.CopyTo(grown, 0);
        bytes = grown;
    }

    private void Take(long bytes)
    {
        _memory.TakeForDictionaries(bytes);
        _held += bytes;
    }

    private static void Set(byte[] bits, int at, bool value)
    {
        // earlier bits of the byte keep their value, so readers of a snapshot see no change
        if (value)
        {
            bits[at >> 3] |= (byte)(1 << (at & 7));
        }
    }
}
