using IndicatorCore.Columns;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.Csv;

/// <summary>One column of the output: first it learns what its values need, then it writes them.</summary>
internal sealed class OutputColumn(string name, CanonicalKind? kind, int dictionaryLimit)
{
    private const int MaxDoubleDigits = 15;
    private static readonly Int128 s_million = 1_000_000;

    private HashSet<string>? _distinct = [];
    private Int128 _largest;
    private int _scale;
    private int _digits;
    private Int128 _step = s_million;
    private bool _asNotANumber;

    /// <summary>The column's name.</summary>
    public string Name { get; } = name;

    /// <summary>What it holds; null for a column kept as it is.</summary>
    public CanonicalKind? Kind { get; } = kind;

    /// <summary>Whether some row has no value.</summary>
    public bool HasNulls { get; private set; }

    /// <summary>Takes note of a value.</summary>
    public void Observe(in Cell cell)
    {
        if (cell.IsNull)
        {
            HasNulls = true;
            return;
        }

        switch (Kind)
        {
            case null or CanonicalKind.Key:
                if (_distinct is not null && _distinct.Add(cell.Text!) && _distinct.Count > dictionaryLimit)
                {
                    _distinct = null;
                }

                break;
            case CanonicalKind.Instant:
                while (cell.Number.Mantissa % _step != 0)
                {
                    _step /= 1_000;
                }

                break;
            default:
                _scale = Math.Max(_scale, cell.Number.Scale);
                _largest = Int128.Max(_largest, Int128.Abs(cell.Number.Mantissa / Power(cell.Number.Scale)));
                _digits = Math.Max(_digits, Digits(Int128.Abs(cell.Number.Mantissa)));
                break;
        }
    }

    /// <summary>Says that a missing value must stay apart from a lost one: it becomes not-a-number where a double holds every value exactly.</summary>
    public void UseNotANumber() => _asNotANumber = _digits <= MaxDoubleDigits && HasNulls;

    /// <summary>The field, once every value was observed.</summary>
    /// <param name="dictionaryId">The id that a dictionary of this column would have.</param>
    public Field ToField(int dictionaryId) => new()
    {
        Name = Name,
        Type = Type(),
        Dictionary = Kind is null or CanonicalKind.Key && _distinct is not null
            ? new DictionaryEncoding(dictionaryId, ArrowType.Int(32, isSigned: false))
            : null,
    };

    /// <summary>Gives the builder the dictionary's values, in one order whatever the rows' order is.</summary>
    public void Declare(ColumnBuilder builder)
    {
        if (builder.Field.Dictionary is not null)
        {
            builder.Declare(_distinct!.Order(StringComparer.Ordinal));
        }
    }

    /// <summary>Writes a value.</summary>
    /// <param name="builder">The column's builder.</param>
    /// <param name="cell">The value.</param>
    /// <param name="isLost">For a latency: whether the row says that the packet was lost.</param>
    public void Append(ColumnBuilder builder, in Cell cell, bool isLost)
    {
        if (cell.IsNull)
        {
            if (_asNotANumber && !isLost)
            {
                builder.AppendDouble(double.NaN);
            }
            else
            {
                builder.AppendNull();
            }

            return;
        }

        switch (Kind)
        {
            case null or CanonicalKind.Key:
                builder.AppendString(cell.Text!);
                break;
            case CanonicalKind.Instant:
                builder.AppendInt64((long)(cell.Number.Mantissa / _step));
                break;
            case CanonicalKind.Flag:
                builder.AppendBool(cell.Number.Mantissa != 0);
                break;
            case CanonicalKind.Integer:
                builder.AppendInt64((long)cell.Number.Mantissa);
                break;
            default:
                AppendMeasure(builder, cell.Number);
                break;
        }
    }

    private void AppendMeasure(ColumnBuilder builder, ExactDecimal number)
    {
        if (_asNotANumber)
        {
            builder.AppendDouble(number.ToDouble());
        }
        else
        {
            builder.AppendDecimal(number.At(_scale));
        }
    }

    private ArrowType Type() => Kind switch
    {
        null or CanonicalKind.Key => ArrowType.Of(ArrowTypeId.Utf8),
        CanonicalKind.Flag => ArrowType.Of(ArrowTypeId.Bool),
        CanonicalKind.Integer => ArrowType.Int(64),
        CanonicalKind.Instant when _step == s_million => ArrowType.Timestamp(TimeUnit.Millisecond, "UTC"),
        CanonicalKind.Instant when _step == 1_000 => ArrowType.Timestamp(TimeUnit.Microsecond, "UTC"),
        CanonicalKind.Instant => ArrowType.Timestamp(TimeUnit.Nanosecond, "UTC"),
        _ when _asNotANumber => ArrowType.Float(64),
        _ => ArrowType.Decimal128(Digits(_largest) + _scale <= 18 ? 18 : 38, _scale),
    };

    private static Int128 Power(int scale)
    {
        var power = Int128.One;
        for (var i = 0; i < scale; i++)
        {
            power *= 10;
        }

        return power;
    }

    private static int Digits(Int128 value)
    {
        var digits = 0;
        for (; value > 0; value /= 10)
        {
            digits++;
        }

        return digits;
    }
}
