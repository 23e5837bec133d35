using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators;

/// <summary>What one worker owns: its state, its reused batch memory and its decoders. No other thread touches it.</summary>
internal sealed class EngineWorker(EngineContext context) : IDisposable
{
    private readonly RowChunk _chunk = new();
    private readonly Dictionary<InputBinding, InputReader> _readers = [];

    /// <summary>The worker's state.</summary>
    public EngineState State { get; } = new(context.Budget);

    /// <summary>Rows kept under <c>--dedup rows</c>, else null.</summary>
    public RowStore? Rows { get; } = context.Query.Dedup == DedupPolicy.Rows ? new RowStore(context.Budget) : null;

    /// <summary>The memory of the batch at hand.</summary>
    public BatchLease Lease { get; } = new();

    /// <summary>The worker's reader of a binding.</summary>
    public InputReader Reader(InputBinding binding)
    {
        if (!_readers.TryGetValue(binding, out var reader))
        {
            _readers.Add(binding, reader = new InputReader(context, binding, State, Rows, _chunk));
        }

        return reader;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Lease.Dispose();
        State.Clear();
    }
}
