using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators;

/// <summary>A file that is open, bound and not a replay.</summary>
internal sealed record OpenInput(IpcFileReader Reader, InputBinding Binding, InputTally Tally) : IDisposable
{
    /// <summary>The tables that it feeds, as bits.</summary>
    public long TableMask => Binding.Feeds.Aggregate(0L, static (mask, table) => mask | (1L << TableConsumer.IndexOf(table.Name)));

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();
}
