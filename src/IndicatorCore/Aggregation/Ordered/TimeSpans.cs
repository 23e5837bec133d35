namespace IndicatorCore.Aggregation.Ordered;

/// <summary>Spans of time in ascending order that neither overlap nor touch: start inclusive, end exclusive.</summary>
internal sealed class TimeSpans
{
    private readonly List<(long Start, long End)> _spans = [];

    /// <summary>The spans.</summary>
    public IReadOnlyList<(long Start, long End)> All => _spans;

    /// <summary>The union of spans in any order.</summary>
    public static TimeSpans Of(IEnumerable<(long Start, long End)> spans)
    {
        var union = new TimeSpans();
        foreach (var (start, end) in spans.OrderBy(static span => span.Start))
        {
            union.Add(start, end);
        }

        return union;
    }

    /// <summary>The parts of the spans from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public IEnumerable<(long Start, long End)> Between(long start, long end) =>
        _spans.Where(span => span.End > start && span.Start < end).Select(span => (Math.Max(span.Start, start), Math.Min(span.End, end)));

    /// <summary>Adds a span that does not start before the last one does; an empty one adds nothing.</summary>
    public void Add(long start, long end)
    {
        if (end <= start)
        {
            return;
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

    /// <summary>The nanoseconds of the spans from <paramref name="start"/> to <paramref name="end"/>; none where that is not after the start.</summary>
    public long Within(long start, long end)
    {
        int low = 0, high = _spans.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_spans[middle].End <= start)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var time = 0L;
        for (; start < end && low < _spans.Count && _spans[low].Start < end; low++)
        {
            time += Math.Min(end, _spans[low].End) - Math.Max(start, _spans[low].Start);
        }

        return time;
    }

    /// <summary>The nanoseconds that both have in common from <paramref name="start"/> to <paramref name="end"/>.</summary>
    public Int128 Within(TimeSpans others, long start, long end)
    {
        Int128 time = 0;
        foreach (var (from, to) in others._spans)
        {
            time += Within(Math.Max(start, from), Math.Min(end, to));
        }

        return time;
    }
}
