using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.Reading;

/// <summary>Reads batches that are in memory already; every lease is disposed once it is read, on every path.</summary>
internal sealed class LeaseRead(ReadTarget target, InputTally tally)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Schema, InputBinding> _bindings = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads all leases.</summary>
    public async Task RunAsync(IEnumerable<BatchLease> leases, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        using var source = leases.GetEnumerator();
        using var crew = new WorkerCrew(target.Context);
        var taken = -1;
        await crew.RunAsync(worker =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                BatchLease lease;
                int ticket;
                lock (_gate)
                {
                    if (faults.First is not null || !source.MoveNext())
                    {
                        return;
                    }

                    lease = source.Current;
                    ticket = ++taken;
                }

                Read(worker, lease, ticket, faults, cancellationToken);
            }
        }).ConfigureAwait(false);
        Finish(crew, faults, cancellationToken);
    }

    /// <summary>Reads leases as they come, at most two a worker waiting.</summary>
    public async Task RunAsync(IAsyncEnumerable<BatchLease> leases, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        using var crew = new WorkerCrew(target.Context);
        var waiting = Channel.CreateBounded<(BatchLease Lease, int Ticket)>(crew.Workers.Count * 2);
        var readers = crew.Workers.Select(worker => Task.Run(
            async () =>
            {
                await foreach (var (lease, ticket) in waiting.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                {
                    Read(worker, lease, ticket, faults, cancellationToken);
                }
            },
            CancellationToken.None)).ToArray();
        try
        {
            var taken = -1;
            await foreach (var lease in leases.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await waiting.Writer.WriteAsync((lease, ++taken), CancellationToken.None).ConfigureAwait(false);
                if (faults.First is not null)
                {
                    break;
                }
            }
        }
        finally
        {
            waiting.Writer.Complete();
            await Task.WhenAll(readers).ConfigureAwait(false);
        }

        Finish(crew, faults, cancellationToken);
    }

    private void Finish(WorkerCrew crew, FaultList faults, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (faults.First is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }

        target.Fold(crew.Workers);
    }

    private void Read(EngineWorker worker, BatchLease lease, int ticket, FaultList faults, CancellationToken cancellationToken)
    {
        var location = new DataLocation(File: tally.Name, Batch: ticket);
        using (lease)
        {
            if (faults.First is not null || cancellationToken.IsCancellationRequested)
            {
                return;   // given back all the same
            }

            try
            {
                worker.Fold(lease, Bind(lease.Schema), tally, ticket, location, cancellationToken);
            }
            catch (Exception fault)
            {
                faults.Note(ticket, fault, location);
            }
        }
    }

    private InputBinding Bind(Schema schema)
    {
        lock (_gate)
        {
            if (!_bindings.TryGetValue(schema, out var binding))
            {
                _bindings.Add(schema, binding = InputBinding.Create(target.Context, schema, tally.Name));
            }

            return binding;
        }
    }
}
