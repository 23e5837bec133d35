using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The elements of overall equipment effectiveness of a group in a window, all at 10⁻¹² s.</summary>
internal sealed class OeeTotals
{
    private const int MicroToPico = 1_000_000;

    /// <summary>Arrival counts.</summary>
    public EvidenceTotals Rows { get; } = new();

    /// <summary>Rows that count.</summary>
    public long Valid { get; private set; }

    /// <summary>Rows with a missing element.</summary>
    public long Missing { get; private set; }

    /// <summary>Rows with none missing and an invalid one.</summary>
    public long Invalid { get; private set; }

    /// <summary>PBT.</summary>
    public BigInteger Planned { get; private set; }

    /// <summary>APT.</summary>
    public BigInteger Actual { get; private set; }

    /// <summary>PRI · PQ.</summary>
    public BigInteger Produced { get; private set; }

    /// <summary>PRI · GQ.</summary>
    public BigInteger Good { get; private set; }

    /// <summary>Adds a slot.</summary>
    public void Add(OeeSums sums)
    {
        Rows.Add(sums.Rows);
        Valid += sums.Valid;
        Missing += sums.Missing;
        Invalid += sums.Invalid;
        Planned += (BigInteger)(Int128)sums.Planned * MicroToPico;
        Actual += (BigInteger)(Int128)sums.Actual * MicroToPico;
        Produced += sums.Produced;
        Good += sums.Good;
    }
}
