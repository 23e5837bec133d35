using IndicatorCore.Columns;

namespace IndicatorCore.Indicators.Reading;

/// <summary>The memory of one window while it is decoded and folded.</summary>
internal sealed class WindowSlot
{
    private bool _isDecoded;

    /// <summary>The memory.</summary>
    public BatchLease Lease { get; } = new();

    /// <summary>The window that it holds; -1 = none.</summary>
    public int Window { get; private set; } = -1;

    /// <summary>How many columns are still to be decoded.</summary>
    public int ColumnsLeft { get; set; }

    /// <summary>Whether a worker folds it.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Whether it waits for a worker to fold it.</summary>
    public bool IsReady
    {
        get => _isDecoded && !IsTaken;
        set => _isDecoded = value;
    }

    /// <summary>Takes up a window.</summary>
    public void Start(int window, int columns) => (Window, ColumnsLeft, IsTaken, _isDecoded) = (window, columns, false, false);

    /// <summary>Is free for another window.</summary>
    public void Free() => (Window, IsTaken, _isDecoded) = (-1, false, false);
}
