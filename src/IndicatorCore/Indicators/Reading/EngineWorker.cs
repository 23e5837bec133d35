using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.Reading;

/// <summary>What one worker owns: its state, its reused batch memory and its decoders. No other thread touches it.</summary>
internal sealed class EngineWorker(EngineContext context) : IDisposable
{
    private readonly RowChunk _chunk = new(context.UserLanes);
    private readonly FoldScratch _scratch = new();
    private readonly Dictionary<InputBinding, InputReader> _readers = [];

    /// <summary>The worker's state.</summary>
    public EngineState State { get; } = context.NewState();

    /// <summary>The memory of the batch at hand.</summary>
    public BatchLease Lease { get; } = new();

    /// <summary>The memory of the batch that is read ahead.</summary>
    public BatchLease Spare { get; } = new();

    /// <summary>The worker's reader of a binding.</summary>
    public InputReader Reader(InputBinding binding)
    {
        if (!_readers.TryGetValue(binding, out var reader))
        {
            _readers.Add(binding, reader = new InputReader(context, binding, State, _chunk, _scratch));
        }

        return reader;
    }

    /// <summary>Decodes a batch and folds it; a faulty one is noted and left out under <c>--on-bad skip</c>.</summary>
    /// <exception cref="IndicatorDataException">The batch is faulty and nothing is to be skipped.</exception>
    public void Fold(
        BatchLease lease, InputBinding binding, InputTally tally, long batch, in DataLocation location, CancellationToken cancellationToken)
    {
        var reader = Reader(binding);
        try
        {
            lease.Decode(cancellationToken);
            reader.Begin(lease.View());
        }
        catch (IndicatorDataException fault) when (context.Query.OnBad == OnBad.Skip && FileRead.CanSkip(fault))
        {
            tally.Skip(batch, lease.RowCount, fault.At(location with { Offset = lease.BaseOffset }));
            State.TablesSkipped |= binding.TableMask;
            return;
        }

        reader.Read(lease.View(), batch, tally, cancellationToken);
        tally.Batch(lease.RowCount, lease.BytesRead, lease.BytesSkipped);
    }

    /// <summary>Looks at what only decoders can judge of a window of a large batch: it is the same for all windows.</summary>
    /// <exception cref="IndicatorDataException">The batch is faulty.</exception>
    public void Begin(BatchLease lease, InputBinding binding) => Reader(binding).Begin(lease.View());

    /// <summary>Folds a window of a large batch, which is known to be good.</summary>
    public void FoldPart(BatchLease lease, InputBinding binding, InputTally tally, long batch, CancellationToken cancellationToken)
    {
        Reader(binding).Read(lease.View(), batch, tally, cancellationToken);
        tally.Add(lease.RowCount, lease.FirstRow == 0 ? 1 : 0, lease.BytesRead, lease.BytesSkipped);
    }

    /// <summary>Puts everything that was folded into the state: the worker's own thread does it, so that workers do it side by side.</summary>
    public void Settle()
    {
        foreach (var reader in _readers.Values)
        {
            reader.Settle();
        }
    }

    /// <summary>The worker's state with everything that it has read.</summary>
    public EngineState SettledState()
    {
        Settle();
        return State;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var reader in _readers.Values)
        {
            reader.Free();
        }

        Lease.Dispose();
        Spare.Dispose();
        State.Clear();
    }
}
