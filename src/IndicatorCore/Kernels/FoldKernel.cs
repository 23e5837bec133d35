namespace IndicatorCore.Kernels;

internal static class FoldKernel
{
    public static void AddUnits(ReadOnlySpan<long> matrix, int stride, int adds, ReadOnlySpan<int> places, Span<long> records)
    {
        for (var u = 0; u < places.Length; u++)
        {
            var record = records.Slice(places[u] * stride, stride);
            for (var l = 0; l < stride; l++) { var v = matrix[(u * stride) + l]; record[l] = l < adds ? record[l] + v : Math.Max(record[l], v); }
        }
    }

    public static void AddRows(ReadOnlySpan<long> lanes, int pitch, int rows, int adds, int stride, ReadOnlySpan<int> places, Span<long> records)
    {
        for (var u = 0; u < rows; u++)
        {
            if (places[u] < 0) { continue; }
            var record = records.Slice(places[u] * stride, stride);
            for (var l = 0; l < stride; l++) { var v = lanes[(l * pitch) + u]; record[l] = l < adds ? record[l] + v : Math.Max(record[l], v); }
        }
    }
}
