namespace IndicatorCore.Aggregation;

/// <summary>The union of half-open spans of time, for asking how much of it lies in others.</summary>
internal sealed class SpanUnion
{
    private readonly List<(long Start, long End)> _spans = [];
    private readonly List<Int128> _before = [];   // the measure of the spans before each

    /// <summary>The union of spans that come by ascending start.</summary>
    public SpanUnion(IEnumerable<(long Start, long End)> spans)
    {
        foreach (var (start, end) in spans)
        {
            if (end <= start)
            {
                continue;
            }

            if (_spans.Count > 0 && start <= _spans[^1].End)
            {
                _spans[^1] = (_spans[^1].Start, Math.Max(_spans[^1].End, end));
            }
            else
            {
                _spans.Add((start, end));
            }
        }

        Int128 sum = 0;
        foreach (var (start, end) in _spans)
        {
            _before.Add(sum);
            sum += (Int128)end - start;
        }
    }

    /// <summary>How much of the union lies in a span, nanoseconds.</summary>
    public Int128 MeasureIn(long start, long end) => end <= start ? 0 : UpTo(end) - UpTo(start);

    // how much lies before an instant
    private Int128 UpTo(long instant)
    {
        int low = 0, high = _spans.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_spans[middle].Start < instant)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low == 0 ? 0 : _before[low - 1] + Math.Min(_spans[low - 1].End, instant) - _spans[low - 1].Start;
    }
}
