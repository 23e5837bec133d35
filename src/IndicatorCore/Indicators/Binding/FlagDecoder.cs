using IndicatorCore.Aggregation;
using IndicatorCore.Columns;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Flags: bool, or integers 0 and 1; any other integer sets the row aside as UNKNOWN_VALUE.</summary>
internal sealed class FlagDecoder(int ordinal, Lane lane) : ColumnDecoder
{
    /// <summary>Whether flags can be made of a field's values.</summary>
    public static bool Accepts(Field field) =>
        field.Dictionary is null && field.Type.Id is ArrowTypeId.Bool or ArrowTypeId.Int or ArrowTypeId.Null;

    public override void Decode(scoped RecordBatch batch, int start, int count, RowChunk chunk)
    {
        var column = batch[ordinal];
        var values = chunk.Values(lane);
        var classes = chunk.Classes(lane);
        for (var i = 0; i < count; i++)
        {
            var row = start + i;
            if (column.Field.Type.Id == ArrowTypeId.Null || !column.IsValid(row))
            {
                classes[i] = ValueClass.Missing;
                continue;
            }

            classes[i] = ValueClass.Valid;
            if (column.Field.Type.Id == ArrowTypeId.Bool)
            {
                values[i] = (column.Bits[row >> 3] >> (row & 7)) & 1;
                continue;
            }

            values[i] = IntegerColumn.Read(column, row);
            if (values[i] is not (0 or 1) && chunk.Reason[i] == QuarantineReason.None)
            {
                classes[i] = ValueClass.Missing;
                chunk.Reason[i] = QuarantineReason.UnknownValue;
            }
        }
    }
}
