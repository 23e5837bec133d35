using IndicatorCore.Aggregation;
using IndicatorCore.Columns;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Whole numbers that order or count (floor, revision, ingest_seq); fractions and NaN are missing.</summary>
internal sealed class IntegerDecoder(int ordinal, Lane lane) : ColumnDecoder
{
    public override void Decode(scoped RecordBatch batch, int start, int count, RowChunk chunk)
    {
        var column = batch[ordinal];
        var values = chunk.Values(lane);
        var classes = chunk.Classes(lane);
        if (column.Field.Type is { Id: ArrowTypeId.Int } type && (type.IsSigned || type.BitWidth < 64))
        {
            FromIntegers(column, start, values.AsSpan(0, count), classes.AsSpan(0, count));
            return;
        }

        for (var i = 0; i < count; i++)
        {
            var row = start + i;
            classes[i] = ValueClass.Missing;
            if (column.Field.Type.Id == ArrowTypeId.Null || !column.IsValid(row) || !ExactNumberColumn.IsFinite(column, row))
            {
                continue;
            }

            var (numerator, denominator) = ExactNumberColumn.Read(column, row);
            if ((numerator % denominator).IsZero)
            {
                var whole = numerator / denominator;
                if (whole >= long.MinValue && whole <= long.MaxValue)
                {
                    values[i] = (long)whole;
                    classes[i] = ValueClass.Valid;
                }
            }
        }
    }

    private static void FromIntegers(scoped Column column, int start, Span<long> values, Span<byte> classes)
    {
        MeasureDecoder.Validity(column, start, classes);
        if (!classes.Contains(ValueClass.Valid))
        {
            return;
        }

        IntegerColumn.Read(column, start, values);   // readable under a null too
    }
}
