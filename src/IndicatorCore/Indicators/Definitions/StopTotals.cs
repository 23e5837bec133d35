using System.Numerics;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Stops of a group in a window.</summary>
internal sealed class StopTotals
{
    private TimedValueCell _cell;

    /// <summary>Arrival counts.</summary>
    public EvidenceTotals Rows { get; } = new();

    /// <summary>Required time in which no line stood, nanoseconds.</summary>
    public BigInteger Up { get; private set; }

    /// <summary>Time from the start of each failure to its end, nanoseconds.</summary>
    public BigInteger Down { get; private set; }

    /// <summary>Failures that began in the window, each repaired.</summary>
    public long Failures { get; private set; }

    /// <summary>Adds a slot's counts.</summary>
    public void Add(TimedValueCell cell)
    {
        Rows.Add(cell.Rows);
        _cell.Merge(cell);
    }

    /// <summary>Adds the time that a line was required and did not stand.</summary>
    public void AddUp(Int128 nanoseconds) => Up += nanoseconds;

    /// <summary>Adds a failure.</summary>
    public void AddFailure(long start, long end)
    {
        Failures++;
        Down += (Int128)end - start;
    }

    /// <summary>The evidence block.</summary>
    public Evidence ToEvidence() => Rows.ToEvidence(_cell.Valid, _cell.Missing, _cell.Invalid, unserved: 0);
}
