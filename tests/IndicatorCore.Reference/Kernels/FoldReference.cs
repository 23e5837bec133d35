namespace IndicatorCore.Reference.Kernels;

/// <summary>Units and rows into records, number by number.</summary>
internal static class FoldReference
{
    /// <summary>Folds a matrix of a row a unit.</summary>
    public static void AddUnits(ReadOnlySpan<long> matrix, int stride, int adds, ReadOnlySpan<int> places, Span<long> records)
    {
        for (var u = 0; u < places.Length; u++)
        {
            for (var l = 0; l < stride; l++)
            {
                ref var record = ref records[(places[u] * stride) + l];
                var value = matrix[(u * stride) + l];
                record = l < adds ? record + value : Math.Max(record, value);
            }
        }
    }

    /// <summary>Folds lanes that lie behind one another.</summary>
    public static void AddRows(
        ReadOnlySpan<long> lanes, int pitch, int rows, int adds, int stride, ReadOnlySpan<int> places, Span<long> records)
    {
        for (var i = 0; i < rows; i++)
        {
            if (places[i] < 0)
            {
                continue;
            }

            for (var l = 0; l < stride; l++)
            {
                ref var record = ref records[(places[i] * stride) + l];
                var value = lanes[(l * pitch) + i];
                record = l < adds ? record + value : Math.Max(record, value);
            }
        }
    }
}
