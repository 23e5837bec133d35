namespace IndicatorCore.Cli.Exports;

/// <summary>Which rows of all inputs together are wanted.</summary>
internal sealed class RowWindow(long offset, long limit)
{
    private long _offset = offset;

    /// <summary>Rows still to show.</summary>
    public long Left { get; private set; } = limit;

    /// <summary>Passes over a whole batch if the offset reaches beyond it.</summary>
    public bool TrySkip(int rows)
    {
        if (rows > _offset)
        {
            return false;
        }

        _offset -= rows;
        return true;
    }

    /// <summary>The rows to show of a batch.</summary>
    public (int Start, int Count) Take(int rows)
    {
        var start = (int)_offset;
        var count = (int)Math.Min(Left, rows - start);
        _offset = 0;
        Left -= count;
        return (start, count);
    }
}
