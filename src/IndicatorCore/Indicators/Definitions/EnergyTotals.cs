using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Energy of a group in a window.</summary>
internal sealed class EnergyTotals
{
    private EnergySums _sums;

    /// <summary>Arrival counts.</summary>
    public EvidenceTotals Rows { get; } = new();

    /// <summary>The sums.</summary>
    public EnergySums Sums => _sums;

    /// <summary>Adds a slot.</summary>
    public void Add(EnergySums sums)
    {
        Rows.Add(sums.Rows);
        _sums.Merge(sums);
    }
}
