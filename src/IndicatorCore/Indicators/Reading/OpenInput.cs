using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.Reading;

/// <summary>A file that is open, bound and not a replay.</summary>
internal sealed class OpenInput(IpcFileReader reader, InputBinding binding, InputTally tally) : IDisposable
{
    /// <summary>Its reader.</summary>
    public IpcFileReader Reader { get; } = reader;

    /// <summary>How it feeds tables.</summary>
    public InputBinding Binding { get; } = binding;

    /// <summary>What was seen of it, as the ledger has it.</summary>
    public InputTally Tally { get; } = tally;

    /// <summary>What workers see of it now: the same, or with checkpoints what was seen since the last round.</summary>
    public InputTally Round { get; set; } = tally;

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();
}
