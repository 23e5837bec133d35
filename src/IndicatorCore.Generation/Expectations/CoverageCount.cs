namespace IndicatorCore.Generation.Expectations;

/// <summary>Samples of a scope by class.</summary>
internal sealed class CoverageCount
{
    private const int SeveralDeviceDays = -1;
    private long _deviceDay;

    public long Covered { get; private set; }

    public long Valid { get; private set; }

    public long Missing { get; private set; }

    public long Invalid { get; private set; }

    public long Unserved { get; private set; }

    /// <summary>Samples that have a class: what shares are of.</summary>
    public long Classified => Valid + Missing + Invalid + Unserved;

    /// <summary>Samples that arrived, the quarantined ones included.</summary>
    public long Received => Classified + Quarantined;

    /// <summary>Samples that arrived at a known time and were quarantined.</summary>
    public long Quarantined { get; private set; }

    /// <summary>The denominator: "n_cov / (n_valid + n_unserved)" (3.2).</summary>
    public long Usable => Valid + Unserved;

    /// <summary>Whether all samples come from one device on one day.</summary>
    public bool IsSingleDeviceDay => _deviceDay > 0;

    public void Add(SampleClass sample, bool covered, int device, int day)
    {
        switch (sample)
        {
            case SampleClass.Unserved:
                Unserved++;
                break;
            case SampleClass.Missing:
                Missing++;
                break;
            case SampleClass.Invalid:
                Invalid++;
                break;
            default:
                Valid++;
                Covered += covered ? 1 : 0;
                break;
        }

        var deviceDay = ((device + 1L) << 20) | (uint)day;
        _deviceDay = _deviceDay == 0 || _deviceDay == deviceDay ? deviceDay : SeveralDeviceDays;
    }

    public void Quarantine() => Quarantined++;

    public void Add(CoverageCount other)
    {
        Quarantined += other.Quarantined;
        Covered += other.Covered;
        Valid += other.Valid;
        Missing += other.Missing;
        Invalid += other.Invalid;
        Unserved += other.Unserved;
        if (other._deviceDay != 0)
        {
            _deviceDay = _deviceDay == 0 || _deviceDay == other._deviceDay ? other._deviceDay : SeveralDeviceDays;
        }
    }
}
