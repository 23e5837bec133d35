namespace IndicatorCore.Aggregation;

/// <summary>Radio samples of a slot by class (indicator-definitions 3).</summary>
internal struct RadioCell : IMergeable<RadioCell>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>The counts by class.</summary>
    public CoverageCounts Counts;

    private int _devicePlusOne;   // 0 none seen, -1 several, else the only device's number + 1

    /// <summary>The only device of all usable samples; -1 when there are several, none, or one of them is unknown.</summary>
    public readonly int OnlyDevice => _devicePlusOne > 0 ? _devicePlusOne - 1 : -1;

    /// <summary>Notes the device of a usable sample; -1 = unknown.</summary>
    public void TouchDevice(int device)
    {
        var mark = device < 0 ? -1 : device + 1;
        _devicePlusOne = _devicePlusOne == 0 || _devicePlusOne == mark ? mark : -1;
    }

    /// <inheritdoc/>
    public void Merge(RadioCell other)
    {
        Rows.Merge(other.Rows);
        Counts.Merge(other.Counts);
        if (other._devicePlusOne != 0)
        {
            TouchDevice(other.OnlyDevice);
        }
    }

    /// <summary>The same with the device in another engine's numbers.</summary>
    public readonly RadioCell WithDevice(int device)
    {
        var copy = this;
        if (copy._devicePlusOne > 0)
        {
            copy._devicePlusOne = device + 1;
        }

        return copy;
    }
}
