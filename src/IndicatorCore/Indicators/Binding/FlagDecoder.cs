using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Columns;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Flags: bool, or integers 0 and 1; any other integer sets the row aside as UNKNOWN_VALUE.</summary>
internal sealed class FlagDecoder(int ordinal, Lane lane) : ColumnDecoder
{
    private readonly ulong[] _bits = RowMask.New();

    /// <summary>Whether flags can be made of a field's values.</summary>
    public static bool Accepts(Field field) =>
        field.Dictionary is null && field.Type.Id is ArrowTypeId.Bool or ArrowTypeId.Int or ArrowTypeId.Null;

    public override void Decode(scoped RecordBatch batch, int start, int count, RowChunk chunk)
    {
        var column = batch[ordinal];
        var values = chunk.Values(lane);
        var classes = chunk.Classes(lane);
        if (column.Field.Type.Id == ArrowTypeId.Null)
        {
            classes.AsSpan(0, count).Fill(ValueClass.Missing);
            return;
        }

        MeasureDecoder.Validity(column, start, classes.AsSpan(0, count));
        if (column.Field.Type.Id == ArrowTypeId.Bool)
        {
            BitmapKernel.FromArrow(column.Bits, start, count, _bits);
            chunk.Defer(lane, _bits.AsSpan(0, (count + 63) >> 6));
            chunk.NoteMagnitude(lane, 1);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            if (classes[i] != ValueClass.Valid)
            {
                continue;
            }

            values[i] = IntegerColumn.Read(column, start + i);
            if (values[i] is not (0 or 1) && chunk.Reason[i] == QuarantineReason.None)
            {
                classes[i] = ValueClass.Missing;
                chunk.Reason[i] = QuarantineReason.UnknownValue;
            }
        }
    }
}
