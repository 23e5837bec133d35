namespace IndicatorCore.Generation.Expectations;

/// <summary>Sums of production support of a scope: quantities in thousandths, times in twentieths of an hour, energy in watt hours.</summary>
internal sealed class SupportCount
{
    public bool HasRows { get; set; }

    public Int128 Planned { get; set; }

    public Int128 Actual { get; set; }

    /// <summary>PRI · PQ in microseconds.</summary>
    public Int128 Produced { get; set; }

    /// <summary>PRI · GQ in microseconds.</summary>
    public Int128 Good { get; set; }

    public Int128 Started { get; set; }

    public Int128 FirstPass { get; set; }

    public SortedSet<string> FirstPassUnits { get; } = new(StringComparer.Ordinal);

    public Int128 Total { get; set; }

    public Int128 TotalGood { get; set; }

    public SortedSet<string> TotalUnits { get; } = new(StringComparer.Ordinal);

    /// <summary>Good output of all rows that have it.</summary>
    public Int128 Output { get; set; }

    public SortedSet<string> OutputUnits { get; } = new(StringComparer.Ordinal);

    /// <summary>Energy of rows that carry their own output.</summary>
    public Int128 OwnWattHours { get; set; }

    public Int128 OwnOutput { get; set; }

    public SortedSet<string> OwnUnits { get; } = new(StringComparer.Ordinal);

    public void Add(SupportCount other)
    {
        HasRows |= other.HasRows;
        Planned += other.Planned;
        Actual += other.Actual;
        Produced += other.Produced;
        Good += other.Good;
        Started += other.Started;
        FirstPass += other.FirstPass;
        FirstPassUnits.UnionWith(other.FirstPassUnits);
        Total += other.Total;
        TotalGood += other.TotalGood;
        TotalUnits.UnionWith(other.TotalUnits);
        Output += other.Output;
        OutputUnits.UnionWith(other.OutputUnits);
        OwnWattHours += other.OwnWattHours;
        OwnOutput += other.OwnOutput;
        OwnUnits.UnionWith(other.OwnUnits);
    }
}
