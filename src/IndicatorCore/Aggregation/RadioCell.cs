namespace IndicatorCore.Aggregation;

/// <summary>Radio samples of a slot by class (indicator-definitions 3).</summary>
internal struct RadioCell : IMergeable<RadioCell>
{
    /// <summary>Rows and times.</summary>
    public RowEvidence Rows;

    /// <summary>The counts by class.</summary>
    public CoverageCounts Counts;

    private const int DayBias = 1 << 30;   // so that 0 is no day

    private int _devicePlusOne;   // 0 none seen, -1 several, else the only device's number + 1
    private int _dayPlusBias;     // 0 none seen, -1 several, else the only local day + bias

    /// <summary>The only device of all usable samples; -1 when there are several, none, or one of them is unknown.</summary>
    public readonly int OnlyDevice => _devicePlusOne > 0 ? _devicePlusOne - 1 : -1;

    /// <summary>Whether all usable samples are of one known device on one local day.</summary>
    public readonly bool IsSingleDeviceDay => OnlyDevice >= 0 && _dayPlusBias > 0;

    /// <summary>Devices of the usable samples: 0 none, 1 exactly one that is known, 2 several or an unknown one.</summary>
    public readonly int DevicesSeen => _devicePlusOne == 0 ? 0 : _devicePlusOne > 0 ? 1 : 2;

    /// <summary>Local days of the usable samples: 0, 1, or 2 for several.</summary>
    public readonly int DaysSeen => _dayPlusBias == 0 ? 0 : _dayPlusBias > 0 ? 1 : 2;

    /// <summary>The only local day; meaningless unless <see cref="DaysSeen"/> is 1.</summary>
    public readonly int OnlyDay => _dayPlusBias - DayBias;

    /// <summary>What a state file holds: the device where it is the only one, the day likewise.</summary>
    public readonly RadioCell Seen(int devicesSeen, int device, int daysSeen, int day)
    {
        var copy = this;
        copy._devicePlusOne = devicesSeen == 0 ? 0 : devicesSeen == 1 ? device + 1 : -1;
        copy._dayPlusBias = daysSeen == 0 ? 0 : daysSeen == 1 ? day + DayBias : -1;
        return copy;
    }

    /// <summary>Notes the device (-1 = unknown) and the local day of a usable sample.</summary>
    public void Touch(int device, int day)
    {
        var mark = device < 0 ? -1 : device + 1;
        _devicePlusOne = _devicePlusOne == 0 || _devicePlusOne == mark ? mark : -1;
        _dayPlusBias = _dayPlusBias == 0 || _dayPlusBias == day + DayBias ? day + DayBias : -1;
    }

    /// <inheritdoc/>
    public void Merge(RadioCell other)
    {
        Rows.Merge(other.Rows);
        Counts.Merge(other.Counts);
        if (other._devicePlusOne != 0)
        {
            var severalDays = other._dayPlusBias < 0 || (_dayPlusBias != 0 && _dayPlusBias != other._dayPlusBias);
            Touch(other.OnlyDevice, other._dayPlusBias - DayBias);
            _dayPlusBias = severalDays ? -1 : _dayPlusBias;
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
