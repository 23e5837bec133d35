using System.Globalization;
using System.Numerics;
using System.Text;
using IndicatorCore.Adapters.Values;
using IndicatorCore.Columns;

namespace IndicatorCore.Cli.Exports;

/// <summary>Count, nulls, least and greatest value of one column over all its batches, and the distinct values of a dictionary.</summary>
internal sealed class ColumnStatistics
{
    private readonly Field _field;
    private readonly CellText _text = new();
    private readonly HashSet<string>? _distinct;
    private readonly ColumnStatistics? _values;
    private DictionaryValues? _dictionary;
    private bool[] _used = [];
    private Int128? _least;
    private Int128? _greatest;
    private double? _leastReal;
    private double? _greatestReal;
    private BigInteger? _leastDecimal;
    private BigInteger? _greatestDecimal;
    private byte[]? _leastBytes;
    private byte[]? _greatestBytes;

    public ColumnStatistics(Field field)
    {
        _field = field;
        if (field.Dictionary is not null)
        {
            _distinct = [];
            _values = new ColumnStatistics(field with { Dictionary = null });
        }
    }

    /// <summary>Rows.</summary>
    public long Count { get; private set; }

    /// <summary>Null rows, those that point to a null dictionary value included.</summary>
    public long Nulls { get; private set; }

    /// <summary>Values that are no number.</summary>
    public long NotNumbers { get; private set; }

    /// <summary>Different values that rows of a dictionary column have, or null for others.</summary>
    public long? Distinct
    {
        get
        {
            Settle();
            return _distinct?.Count;
        }
    }

    /// <summary>Whether <see cref="Least"/> and <see cref="Greatest"/> are numbers rather than texts.</summary>
    public bool IsNumeric => _field.Type.Id is ArrowTypeId.Int or ArrowTypeId.FloatingPoint or ArrowTypeId.Decimal;

    /// <summary>The least value, texts and binary by their bytes; null when there is none or the type has no order.</summary>
    public string? Least
    {
        get
        {
            Settle();
            return _values is not null ? _values.Least : Text(_least, _leastReal, _leastDecimal, _leastBytes);
        }
    }

    /// <summary>The greatest value.</summary>
    public string? Greatest
    {
        get
        {
            Settle();
            return _values is not null ? _values.Greatest : Text(_greatest, _greatestReal, _greatestDecimal, _greatestBytes);
        }
    }

    /// <summary>Adds a batch's column.</summary>
    public void Update(Column column)
    {
        Count += column.Length;
        if (column.Dictionary is { } dictionary)
        {
            UpdateDictionary(column, dictionary);
            return;
        }

        for (var row = 0; row < column.Length; row++)
        {
            if (IsNull(column, row))
            {
                Nulls++;
            }
            else
            {
                Value(column, row);
            }
        }
    }

    private static bool IsNull(Column column, int row)
    {
        if (column.Dictionary is { } dictionary)
        {
            return !column.IsValid(row) || dictionary.IsNull(column.Code(row));
        }

        switch (column.Field.Type.Id)
        {
            case ArrowTypeId.RunEndEncoded:
                return IsNull(column.Child(1), column.RunIndex(row));
            case ArrowTypeId.Union:
                var (child, childRow) = column.UnionValue(row);
                return IsNull(column.Child(child), childRow);
            default:
                return !column.IsValid(row);
        }
    }

    private void UpdateDictionary(Column column, DictionaryValues dictionary)
    {
        if (!ReferenceEquals(dictionary, _dictionary))
        {
            Settle();
            _dictionary = dictionary;
            _used = new bool[dictionary.Count];
        }

        for (var row = 0; row < column.Length; row++)
        {
            if (IsNull(column, row))
            {
                Nulls++;
            }
            else
            {
                _used[column.Code(row)] = true;
            }
        }
    }

    private void Settle()
    {
        if (_dictionary is not { } dictionary)
        {
            return;
        }

        var values = dictionary.AsColumn();
        for (var code = 0; code < _used.Length; code++)
        {
            if (_used[code] && _distinct!.Add(_text.Of(values, code)))
            {
                _values!.Value(values, code);
            }
        }

        _dictionary = null;
    }

    private void Value(Column column, int row)
    {
        switch (column.Field.Type.Id)
        {
            case ArrowTypeId.Int or ArrowTypeId.Date or ArrowTypeId.Time or ArrowTypeId.Timestamp or ArrowTypeId.Duration:
                var isWide = column.Field.Type is { Id: ArrowTypeId.Int, BitWidth: 64, IsSigned: false };
                Int128 whole = isWide ? column.Values<ulong>()[row] : Scalar.Integer(column, row);
                _least = _least is { } least ? Int128.Min(least, whole) : whole;
                _greatest = _greatest is { } greatest ? Int128.Max(greatest, whole) : whole;
                break;
            case ArrowTypeId.Bool:
                Int128 bit = column.Bit(row) ? 1 : 0;
                _least = _least is { } none ? Int128.Min(none, bit) : bit;
                _greatest = _greatest is { } all ? Int128.Max(all, bit) : bit;
                break;
            case ArrowTypeId.FloatingPoint:
                Real(column.Field.Type.BitWidth switch
                {
                    16 => (double)column.Values<Half>()[row],
                    32 => column.Values<float>()[row],
                    _ => column.Values<double>()[row],
                });
                break;
            case ArrowTypeId.Decimal:
                var unscaled = new BigInteger(column.Bytes(row));
                _leastDecimal = _leastDecimal is { } low ? BigInteger.Min(low, unscaled) : unscaled;
                _greatestDecimal = _greatestDecimal is { } high ? BigInteger.Max(high, unscaled) : unscaled;
                break;
            case ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View
                or ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView or ArrowTypeId.FixedSizeBinary:
                Bytes(column.Bytes(row));
                break;
            default:
                break;   // nested types have no order
        }
    }

    private void Real(double value)
    {
        if (double.IsNaN(value))
        {
            NotNumbers++;
            return;
        }

        _leastReal = _leastReal is { } least ? Math.Min(least, value) : value;
        _greatestReal = _greatestReal is { } greatest ? Math.Max(greatest, value) : value;
    }

    private void Bytes(ReadOnlySpan<byte> value)
    {
        if (_leastBytes is null || value.SequenceCompareTo(_leastBytes) < 0)
        {
            _leastBytes = value.ToArray();
        }

        if (_greatestBytes is null || value.SequenceCompareTo(_greatestBytes) > 0)
        {
            _greatestBytes = value.ToArray();
        }
    }

    private string? Text(Int128? whole, double? real, BigInteger? number, byte[]? bytes)
    {
        var type = _field.Type;
        if (whole is { } value)
        {
            return type.Id switch
            {
                ArrowTypeId.Bool => value == 0 ? "false" : "true",
                ArrowTypeId.Date or ArrowTypeId.Time or ArrowTypeId.Timestamp => TimeText.Of(type, (long)value),
                ArrowTypeId.Duration => $"{value}{TimeText.UnitOf(type)}",
                _ => value.ToString(),
            };
        }

        if (real is { } known)
        {
            return type.BitWidth switch
            {
                16 => ((Half)known).ToString("R", CultureInfo.InvariantCulture),
                32 => ((float)known).ToString("R", CultureInfo.InvariantCulture),
                _ => known.ToString("R", CultureInfo.InvariantCulture),
            };
        }

        if (number is { } unscaled)
        {
            return Scalar.DecimalText(unscaled, type.Scale);
        }

        return bytes is null ? null
            : type.Id is ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View ? Encoding.UTF8.GetString(bytes)
            : Convert.ToHexStringLower(bytes);
    }
}
