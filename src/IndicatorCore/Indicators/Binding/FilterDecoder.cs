using System.Globalization;
using System.Numerics;
using System.Text;
using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Binding;

/// <summary>A <c>--where</c>: rows whose column has another value are ignored.</summary>
internal sealed class FilterDecoder(int ordinal, string value, KeyTranslation translation) : ColumnDecoder
{
    private readonly byte[] _value = Encoding.UTF8.GetBytes(value);
    private readonly ExactFraction? _number = Number(value);
    private DictionaryValues? _dictionary;
    private bool[] _matches = [];

    public override void Begin(scoped RecordBatch batch)
    {
        var dictionary = batch[ordinal].Dictionary;
        if (dictionary is null || ReferenceEquals(dictionary, _dictionary))
        {
            return;
        }

        _matches = new bool[dictionary.Count];
        for (var i = 0; i < _matches.Length; i++)
        {
            _matches[i] = !dictionary.IsNull(i) && Matches(dictionary.Bytes(i));
        }

        _dictionary = dictionary;
    }

    public override void Decode(scoped RecordBatch batch, int start, int count, RowChunk chunk)
    {
        var column = batch[ordinal];
        for (var i = 0; i < count; i++)
        {
            var row = start + i;
            var matches = column.Field.Type.Id != ArrowTypeId.Null && column.IsValid(row)
                && (column.Dictionary is not null ? _matches[column.Code(row)] : Matches(column, row));
            if (!matches)
            {
                chunk.Disposition[i] = RowDisposition.Ignored;
            }
        }
    }

    private static ExactFraction? Number(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        var unscaled = new BigInteger(new decimal(bits[0], bits[1], bits[2], isNegative: number < 0, scale: 0));
        return new ExactFraction(unscaled, BigInteger.Pow(10, (bits[3] >> 16) & 0xFF));
    }

    private bool Matches(scoped Column column, int row)
    {
        switch (column.Field.Type.Id)
        {
            case ArrowTypeId.Bool:
                return value.ToLowerInvariant() is var text && (column.Bit(row) ? text is "true" or "1" : text is "false" or "0");
            case ArrowTypeId.Int or ArrowTypeId.Decimal or ArrowTypeId.FloatingPoint:
                if (_number is not { } wanted || !ExactNumberColumn.IsFinite(column, row))
                {
                    return false;
                }

                var (numerator, denominator) = ExactNumberColumn.Read(column, row);
                return numerator * wanted.Denominator == wanted.Numerator * denominator;
            case ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View or ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView:
                return Matches(column.Bytes(row));
            default:
                return false;
        }
    }

    private bool Matches(ReadOnlySpan<byte> utf8) => translation.IsIdentity ? utf8.SequenceEqual(_value) : translation.Translate(utf8) == value;
}
