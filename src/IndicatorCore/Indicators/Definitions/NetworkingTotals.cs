using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Key devices of a group in a window, and the connectivity rows behind them.</summary>
internal sealed class NetworkingTotals
{
    /// <summary>Arrival counts.</summary>
    public EvidenceTotals Rows { get; } = new();

    /// <summary>Rows whose device and online state are known.</summary>
    public long Valid { get; set; }

    /// <summary>Rows without.</summary>
    public long Missing { get; set; }

    /// <summary>|K|: key devices in service at the last instant of the window.</summary>
    public long KeyDevices { get; set; }

    /// <summary>Those with evidence on at least one day.</summary>
    public long Networked { get; set; }

    /// <summary>Those with evidence over NR; counted for <c>knr_5g</c> alone.</summary>
    public long NetworkedNr { get; set; }

    /// <summary>Those with evidence on at least 80 % of their in-service days.</summary>
    public long Sustained { get; set; }

    /// <summary>Devices with evidence that the registry does not have.</summary>
    public long Unregistered { get; set; }

    /// <summary>Accepted rows of key devices.</summary>
    public long KeyRows { get; set; }

    /// <summary>In-service time of key devices in the window, nanoseconds.</summary>
    public Int128 InService { get; set; }
}
