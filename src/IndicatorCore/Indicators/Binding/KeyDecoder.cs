using System.Globalization;
using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Keys of any accepted Arrow type to numbers: dictionaries once a dictionary, keys that a profile translates by a worker's own cache.</summary>
internal sealed class KeyDecoder : ColumnDecoder
{
    private const int RowsARun = 12;   // below that the runs cost more than the rows

    private readonly int _ordinal;
    private readonly Lane _lane;
    private readonly KeySpace _space;
    private readonly KeyTranslation _translation;
    private readonly KeyTable? _direct;
    private readonly Dictionary<byte[], int> _texts = new(Utf8Comparer.Instance);   // those that are translated
    private readonly Dictionary<long, int> _integers = [];
    private DictionaryValues? _dictionary;
    private string? _name;
    private readonly ulong[] _valid = RowMask.New();
    private readonly ulong[] _changes = RowMask.New();
    private int[] _codes = [];

    public KeyDecoder(int ordinal, Lane lane, KeySpace space, KeyTranslation translation)
    {
        _ordinal = ordinal;
        _lane = lane;
        _space = space;
        _translation = translation;
        _direct = space.Direct(translation);
    }

    /// <summary>Whether keys can be made of a field's values.</summary>
    public static bool Accepts(Field field) => field.Type.Id is ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View
        or ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView or ArrowTypeId.FixedSizeBinary
        || (field.Dictionary is null && field.Type.Id is ArrowTypeId.Int or ArrowTypeId.Bool or ArrowTypeId.Null);

    public override void Begin(scoped RecordBatch batch)
    {
        var column = batch[_ordinal];
        var dictionary = column.Dictionary;
        _name = column.Field.Name;
        if (dictionary is null)
        {
            Check(column);
            return;
        }

        if (ReferenceEquals(dictionary, _dictionary))
        {
            return;
        }

        _dictionary = null;   // a fault half way leaves the codes of two
        if (_codes.Length < dictionary.Count)
        {
            _codes = new int[Math.Max(dictionary.Count, _codes.Length * 2)];
        }

        for (var i = 0; i < dictionary.Count; i++)
        {
            _codes[i] = dictionary.IsNull(i) ? -1 : NumberOfBytes(column.Field, dictionary.Bytes(i));
        }

        _dictionary = dictionary;
    }

    public override void Decode(scoped RecordBatch batch, int start, int count, RowChunk chunk)
    {
        var column = batch[_ordinal];
        var lane = chunk.Keys(_lane).AsSpan(0, count);
        if (column.Dictionary is not null)
        {
            FromDictionary(column, start, lane);
        }
        else if (column.Field.Type.Id == ArrowTypeId.Int)
        {
            FromIntegers(column, start, lane);
        }
        else if (column.Field.Type.Id == ArrowTypeId.Null)
        {
            lane.Fill(-1);
        }
        else if (column.Field.Type.Id == ArrowTypeId.Bool)
        {
            for (var i = 0; i < lane.Length; i++)
            {
                var row = start + i;
                lane[i] = column.IsValid(row) ? NumberOf(((column.Bits[row >> 3] >> (row & 7)) & 1) != 0 ? "true"u8 : "false"u8) : -1;
            }
        }
        else
        {
            FromTexts(column, start, lane);
        }
    }

    // texts were validated with their batch, bytes are here: before any row of the batch counts
    private static void Check(scoped Column column)
    {
        if (column.Field.Type.Id is not (ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView))
        {
            return;
        }

        for (var row = 0; row < column.Length; row++)
        {
            if (column.IsValid(row) && !System.Text.Unicode.Utf8.IsValid(column.Bytes(row)))
            {
                throw new MalformedArrowException("A key is not valid UTF-8", new DataLocation(Column: column.Field.Name, Row: row));
            }
        }
    }

    private void FromDictionary(scoped Column column, int start, Span<int> lane)
    {
        switch (column.Field.Dictionary!.IndexType.BitWidth)
        {
            case 8 when column.Field.Dictionary.IndexType.IsSigned:
                Gather<sbyte>(column, start, lane);
                break;
            case 8:
                Gather<byte>(column, start, lane);
                break;
            case 16 when column.Field.Dictionary.IndexType.IsSigned:
                Gather<short>(column, start, lane);
                break;
            case 16:
                Gather<ushort>(column, start, lane);
                break;
            case 32 when column.NullCount == 0:
                GatherRuns(column.Values<int>().Slice(start, lane.Length), lane);
                break;
            case 32:
                Gather<int>(column, start, lane);
                break;
            default:
                Gather<long>(column, start, lane);
                break;
        }
    }

    // rows of one key mostly follow each other: one look a run instead of one a row
    private void GatherRuns(ReadOnlySpan<int> indices, Span<int> lane)
    {
        RunKernel.MarkChanges(indices, _changes, accumulate: false);
        var words = _changes.AsSpan(0, (indices.Length + 63) >> 6);
        if (RowMask.Count(words) * RowsARun > indices.Length)
        {
            GatherKernel.Remap(indices, _codes, default, lane);
            return;
        }

        for (var from = 0; from >= 0;)
        {
            var next = from + 1 < indices.Length ? RowMask.Next(words, from + 1) : -1;
            lane[from..(next < 0 ? indices.Length : next)].Fill(_codes[indices[from]]);
            from = next;
        }
    }

    // indices of valid rows were validated, those under a null are anything
    private void Gather<TIndex>(scoped Column column, int start, Span<int> lane)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        var indices = column.Values<TIndex>().Slice(start, lane.Length);
        if (column.NullCount == 0)
        {
            GatherKernel.Remap(indices, _codes, default, lane);
            return;
        }

        if (column.NullCount == column.Length)
        {
            lane.Fill(-1);
            return;
        }

        BitmapKernel.FromArrow(column.Validity, start, lane.Length, _valid);
        GatherKernel.Remap(indices, _codes, _valid, lane);
    }

    // rows of one key mostly follow each other
    private void FromTexts(scoped Column column, int start, Span<int> lane)
    {
        var last = -1;
        for (var i = 0; i < lane.Length; i++)
        {
            var row = start + i;
            if (!column.IsValid(row))
            {
                lane[i] = -1;
                continue;
            }

            lane[i] = last >= 0 && column.Bytes(row).SequenceEqual(column.Bytes(start + last))
                ? lane[last]
                : NumberOfBytes(column.Field, column.Bytes(row));
            last = i;
        }
    }

    private void FromIntegers(scoped Column column, int start, Span<int> lane)
    {
        if (_direct is not null && column.Field.Type.BitWidth == 32 && column.NullCount == 0)
        {
            _direct.GetOrAdd(column.Values<uint>().Slice(start, lane.Length), column.Field.Type.IsSigned, lane);
            return;
        }

        var unsigned = column.Field.Type is { IsSigned: false, BitWidth: 64 };
        for (var i = 0; i < lane.Length; i++)
        {
            lane[i] = column.IsValid(start + i) ? NumberOf(IntegerColumn.Read(column, start + i), unsigned) : -1;
        }
    }

    private int NumberOf(long value, bool unsigned)
    {
        if (_direct is not null && (value >= 0 || !unsigned))
        {
            return _direct.GetOrAdd(value);
        }

        if (!_integers.TryGetValue(value, out var number))
        {
            number = Enter(value, unsigned);
            _integers.Add(value, number);
        }

        return number;
    }

    private int Enter(long value, bool unsigned)
    {
        Span<byte> digits = stackalloc byte[24];
        int written;
        _ = unsigned
            ? ((ulong)value).TryFormat(digits, out written, default, CultureInfo.InvariantCulture)
            : value.TryFormat(digits, out written, default, CultureInfo.InvariantCulture);
        return _space.NumberOf(digits[..written], _translation);
    }

    private int NumberOfBytes(Field field, ReadOnlySpan<byte> bytes)
    {
        if (field.Type.Id == ArrowTypeId.FixedSizeBinary)
        {
            return NumberOf(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)));
        }

        return NumberOf(bytes);
    }

    private int NumberOf(ReadOnlySpan<byte> utf8)
    {
        if (_direct is not null)
        {
            return utf8.IsEmpty ? -1 : _direct.Find(utf8) is >= 0 and var known ? known : _direct.GetOrAdd(Checked(utf8));
        }

        var lookup = _texts.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.TryGetValue(utf8, out var number))
        {
            number = _space.NumberOf(Checked(utf8), _translation);
            _texts.Add(utf8.ToArray(), number);
        }

        return number;
    }

    private ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> utf8) => System.Text.Unicode.Utf8.IsValid(utf8)
        ? utf8
        : throw new MalformedArrowException("A key is not valid UTF-8", new DataLocation(Column: _name));
}
