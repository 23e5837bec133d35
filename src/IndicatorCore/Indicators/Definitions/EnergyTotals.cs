using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
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

    /// <summary>Rows, and intervals between readings, that make energy.</summary>
    public long Intervals { get; private set; }

    /// <summary>Intervals that were dropped for a reset; null without readings.</summary>
    public long? Resets { get; private set; }

    /// <summary>Adds a slot of readings.</summary>
    public void Add(TimedValueCell readings)
    {
        Rows.Add(readings.Rows);
        Valid += readings.Valid;
        Missing += readings.Missing;
        Invalid += readings.Invalid;
        Resets ??= 0;
    }

    /// <summary>Adds what was folded from readings.</summary>
    public void Add(Int128 energy, long intervals, long resets)
    {
        Energy += energy;
        Intervals += intervals;
        Resets = (Resets ?? 0) + resets;
    }

    /// <summary>The evidence block: with <c>n_reset</c> where there are readings.</summary>
    public Evidence ToEvidence() => Rows.ToEvidence(Valid, Missing, Invalid, unserved: 0) with
    {
        Additional = Resets is { } resets ? [KeyValuePair.Create("n_reset", new EvidenceValue { Count = resets })] : [],
    };

    /// <summary>Adds a slot.</summary>
    public void Add(EnergySums sums)
    {
        Rows.Add(sums.Rows);
        Valid += sums.Valid;
        Missing += sums.Missing;
        Invalid += sums.Invalid;
        Intervals += sums.Valid;
        Energy += sums.Energy;
    }
}
