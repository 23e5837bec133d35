using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Rows of a group in a window, by what they are worth: of one table, or of all.</summary>
internal sealed class QualityTotals
{
    /// <summary>Arrival counts.</summary>
    public EvidenceTotals Rows { get; } = new();

    /// <summary>Rows of class VALID.</summary>
    public long Valid { get; private set; }

    /// <summary>Rows of class MISSING.</summary>
    public long Missing { get; private set; }

    /// <summary>Rows of class INVALID.</summary>
    public long Invalid { get; private set; }

    /// <summary>Rows of class UNSERVED.</summary>
    public long Unserved { get; private set; }

    /// <summary>Adds a slot.</summary>
    public void Add(RowEvidence rows, long valid, long missing, long invalid, long unserved = 0)
    {
        Rows.Add(rows);
        Valid += valid;
        Missing += missing;
        Invalid += invalid;
        Unserved += unserved;
    }

    /// <summary>Adds the rows of a group.</summary>
    public void AddAll(EvidenceTotals rows, long valid, long missing)
    {
        Rows.Add(rows);
        Valid += valid;
        Missing += missing;
    }

    /// <summary>Adds the rows of another table.</summary>
    public void Add(QualityTotals other)
    {
        AddAll(other.Rows, other.Valid, other.Missing);
        Invalid += other.Invalid;
        Unserved += other.Unserved;
    }

    /// <summary>The evidence block.</summary>
    public Evidence ToEvidence() => Rows.ToEvidence(Valid, Missing, Invalid, Unserved);
}
