using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.Binding;

/// <summary>The exact product of two columns, rounded once (a profile's <c>product_of</c>).</summary>
internal sealed class ProductDecoder(int left, int right, Lane lane, MeasureRule rule) : ColumnDecoder
{
    public override void Decode(scoped RecordBatch batch, int start, int count, RowChunk chunk)
    {
        var leftColumn = batch[left];
        var rightColumn = batch[right];
        var values = chunk.Values(lane);
        var classes = chunk.Classes(lane);
        for (var i = 0; i < count; i++)
        {
            var row = start + i;
            if (leftColumn.Field.Type.Id == ArrowTypeId.Null || rightColumn.Field.Type.Id == ArrowTypeId.Null
                || !leftColumn.IsValid(row) || !rightColumn.IsValid(row))
            {
                classes[i] = ValueClass.Missing;
                continue;
            }

            if (!ExactNumberColumn.IsFinite(leftColumn, row) || !ExactNumberColumn.IsFinite(rightColumn, row))
            {
                // not-a-number is missing, infinity is invalid (indicator-definitions 1.4)
                classes[i] = ExactNumberColumn.IsNaN(leftColumn, row) || ExactNumberColumn.IsNaN(rightColumn, row)
                    ? ValueClass.NotANumber
                    : ValueClass.Invalid;
                continue;
            }

            var (a, b) = ExactNumberColumn.Read(leftColumn, row);
            var (c, d) = ExactNumberColumn.Read(rightColumn, row);
            var product = FixedPointKernel.RoundHalfEven(a * c * rule.Numerator, b * d * rule.Denominator);
            var fits = product <= long.MaxValue && product > long.MinValue;
            values[i] = fits ? (long)product : 0;
            classes[i] = fits ? ValueClass.Valid : ValueClass.OutOfScale;
        }
    }
}
