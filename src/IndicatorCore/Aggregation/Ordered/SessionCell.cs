namespace IndicatorCore.Aggregation.Ordered;

/// <summary>The span of a session: from the first start to the last end of its rows. <c>default</c> has none.</summary>
/// <param name="start">The start, UTC nanoseconds since 1970.</param>
/// <param name="end">The end, not before the start.</param>
internal struct SessionCell(long start, long end) : IMergeable<SessionCell>
{
    private bool _isSet = true;

    /// <summary>The start, UTC nanoseconds since 1970, inclusive.</summary>
    public long Start { get; private set; } = start;

    /// <summary>The end, exclusive.</summary>
    public long End { get; private set; } = end;

    /// <inheritdoc/>
    public void Merge(SessionCell other)
    {
        if (!_isSet)
        {
            this = other;
        }
        else if (other._isSet)
        {
            (Start, End) = (Math.Min(Start, other.Start), Math.Max(End, other.End));
        }
    }
}
