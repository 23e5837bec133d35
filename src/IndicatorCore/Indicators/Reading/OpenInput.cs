using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.Reading;

/// <summary>A file that is open, bound and not a replay.</summary>
internal sealed record OpenInput(IpcFileReader Reader, InputBinding Binding, InputTally Tally) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();
}
