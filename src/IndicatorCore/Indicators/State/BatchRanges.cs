namespace IndicatorCore.Indicators.State;

/// <summary>Batches of one input as ascending, disjoint ranges that do not touch: what a state covers of it (decisions D5).</summary>
internal sealed class BatchRanges
{
    private readonly List<(long First, long End)> _ranges = [];

    /// <summary>The ranges: first inclusive, end exclusive.</summary>
    public IReadOnlyList<(long First, long End)> Ranges => _ranges;

    /// <summary>How many batches there are.</summary>
    public long Count => _ranges.Sum(static range => range.End - range.First);

    /// <summary>All batches of an input that has <paramref name="batches"/> of them.</summary>
    public static BatchRanges All(long batches)
    {
        var all = new BatchRanges();
        all.Add(0, batches);
        return all;
    }

    /// <summary>Adds batches; those that are in already stay.</summary>
    public void Add(long first, long end)
    {
        if (first >= end)
        {
            return;
        }

        var at = _ranges.FindIndex(range => range.End >= first);
        at = at < 0 ? _ranges.Count : at;
        var count = 0;
        while (at + count < _ranges.Count && _ranges[at + count].First <= end)
        {
            first = Math.Min(first, _ranges[at + count].First);
            end = Math.Max(end, _ranges[at + count].End);
            count++;
        }

        _ranges.RemoveRange(at, count);
        _ranges.Insert(at, (first, end));
    }

    /// <summary>Adds all batches of another set.</summary>
    public void Add(BatchRanges other)
    {
        foreach (var (first, end) in other._ranges)
        {
            Add(first, end);
        }
    }

    /// <summary>The batches that are not in another set.</summary>
    public BatchRanges Except(BatchRanges other)
    {
        var rest = new BatchRanges();
        foreach (var (first, end) in _ranges)
        {
            var at = first;
            foreach (var (theirFirst, theirEnd) in other._ranges.Where(theirs => theirs.End > first && theirs.First < end))
            {
                rest.Add(at, theirFirst);
                at = theirEnd;
            }

            rest.Add(at, end);
        }

        return rest;
    }

    /// <summary>Whether a batch is in.</summary>
    public bool Contains(long batch) => _ranges.Exists(range => batch >= range.First && batch < range.End);

    /// <summary>Whether any batch is in both sets.</summary>
    public bool Overlaps(BatchRanges other) => other._ranges.Exists(theirs => _ranges.Exists(range => range.First < theirs.End && theirs.First < range.End));

    /// <summary>Whether all batches of another set are in this one.</summary>
    public bool Covers(BatchRanges other) => other._ranges.TrueForAll(theirs => _ranges.Exists(range => range.First <= theirs.First && theirs.End <= range.End));
}
