using System.IO.Pipelines;
using System.Threading.Channels;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.Reading;

/// <summary>
/// Reads one stream: this side takes messages off the pipe into at most two leases a worker, workers decode and fold them, and
/// every lease goes round (decisions D1).
/// </summary>
internal sealed class StreamRead : IDisposable
{
    private readonly EngineContext _context;
    private readonly InputTally _tally;
    private readonly ProgressMeter _meter;
    private readonly FaultList _faults = new();
    private readonly WorkerCrew _crew;

    public StreamRead(EngineContext context, InputTally tally, ProgressMeter meter)
    {
        _context = context;
        _tally = tally;
        _meter = meter;
        _crew = new WorkerCrew(context);
    }

    /// <summary>The workers with their states, to be folded by the caller once the stream has ended well.</summary>
    public IReadOnlyList<EngineWorker> Workers => _crew.Workers;

    /// <summary>The tables that the stream feeds, as bits; 0 until that is known.</summary>
    public long TableMask { get; private set; }

    /// <summary>Reads to the end.</summary>
    public async Task RunAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        var reader = new IpcStreamReader(pipe, _tally.Name, _context.ReaderOptions with { HashContent = true });
        await using (reader.ConfigureAwait(false))
        {
            var schema = await reader.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
            var binding = InputBinding.Create(_context, schema, _tally.Name);
            _tally.Bind(binding);
            TableMask = binding.TableMask;
            reader.Project(binding.Projection);
            await PumpAsync(reader, binding, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (_faults.First is { } fault)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
            }

            _tally.Fingerprint = reader.ContentHash;
            _tally.BatchTotal = reader.BatchCount;
            _tally.Coverage.Add(0, reader.BatchCount);
            _tally.Bytes = Math.Max(_tally.Bytes, reader.BytesRead);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _crew.Dispose();

    private async Task PumpAsync(IpcStreamReader reader, InputBinding binding, CancellationToken cancellationToken)
    {
        var empty = Channel.CreateUnbounded<BatchLease>();
        var full = Channel.CreateUnbounded<BatchLease>();
        var leases = Enumerable.Range(0, Workers.Count * 2).Select(static _ => new BatchLease()).ToArray();
        foreach (var lease in leases)
        {
            empty.Writer.TryWrite(lease);
        }

        var consumers = Workers.Select(worker => Task.Run(() => ConsumeAsync(worker, binding, full.Reader, empty.Writer, cancellationToken), CancellationToken.None)).ToArray();
        try
        {
            while (_faults.First is null)
            {
                var lease = await empty.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (!await reader.ReadAsync(lease, cancellationToken).ConfigureAwait(false))
                {
                    break;
                }

                full.Writer.TryWrite(lease);
            }
        }
        finally
        {
            full.Writer.Complete();
            await Task.WhenAll(consumers).ConfigureAwait(false);
            foreach (var lease in leases)
            {
                lease.Dispose();
            }
        }
    }

    private async Task ConsumeAsync(
        EngineWorker worker, InputBinding binding, ChannelReader<BatchLease> full, ChannelWriter<BatchLease> empty, CancellationToken cancellationToken)
    {
        await foreach (var lease in full.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            if (!cancellationToken.IsCancellationRequested && _faults.First is null)
            {
                var location = new DataLocation(File: _tally.Name, Table: binding.Table.Name, Batch: lease.BatchOrdinal);
                try
                {
                    worker.Fold(lease, binding, _tally, lease.BatchOrdinal, location, cancellationToken);
                    _meter.Batch(lease.RowCount, lease.BytesRead, lease.BytesRead);
                }
                catch (Exception fault)
                {
                    _faults.Note((int)Math.Min(int.MaxValue - 1, lease.BatchOrdinal), fault, location);
                }
            }

            empty.TryWrite(lease);
        }
    }
}
