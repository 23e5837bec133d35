using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Energy of a group in a window.</summary>
internal sealed class EnergyTotals
{
    /// <summary>Arrival counts.</summary>
    public EvidenceTotals Rows { get; } = new();

    /// <summary>Rows with valid kwh.</summary>
    public long Valid { get; private set; }

    /// <summary>Rows with missing kwh.</summary>
    public long Missing { get; private set; }

    /// <summary>Rows with invalid kwh.</summary>
    public long Invalid { get; private set; }

    /// <summary>Sum of valid kwh at 10⁻⁶.</summary>
    public Int128 Energy { get; private set; }

    /// <summary>Adds a slot.</summary>
    public void Add(EnergySums sums)
    {
        Rows.Add(sums.Rows);
        Valid += sums.Valid;
        Missing += sums.Missing;
        Invalid += sums.Invalid;
        Energy += sums.Energy;
    }
}
