using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Probes of a group in a window, and what their sequence numbers tell.</summary>
internal sealed class LossTotals
{
    private PacketCounts _packets;

    /// <summary>All probes.</summary>
    public ProbeTotals Probes { get; set; } = new();

    /// <summary>What became of the packets.</summary>
    public PacketCounts Packets => _packets;

    /// <summary>Adds a sequence.</summary>
    public void Add(PacketCounts packets) => _packets.Add(packets);
}
