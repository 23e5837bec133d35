using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Indicators.Reading;

/// <summary>One round over the tickets of open files, by all workers: read, read ahead, fold, and note what is at fault.</summary>
internal sealed class TicketRound(
    ReadTarget target, ProgressMeter meter, IReadOnlyList<OpenInput> inputs, TicketQueue queue, ReadAhead ahead, FaultList faults)
{
    private bool Skips => target.Context.Query.OnBad == OnBad.Skip;

    /// <summary>One worker's part: ticket after ticket, the next one's bytes on their way while one is folded, where that helps.</summary>
    public void Work(EngineWorker worker, CancellationToken cancellationToken)
    {
        AheadTicket? coming = null;
        for (var isFirst = true; ; isFirst = false)
        {
            var current = coming;
            var place = current?.Ticket ?? queue.Take(isFirst);
            if (place < 0)
            {
                return;
            }

            coming = null;
            var ticket = queue[place];
            var input = inputs[ticket.Input];
            var location = new DataLocation(File: input.Tally.Name, Table: input.Binding.Table.Name, Batch: ticket.Batch);
            try
            {
                if (ticket.Large is { Windows.IsCompressed: true } large)
                {
                    FoldCompressed(worker, input, ticket.Batch, large, ref place, location, cancellationToken);
                    continue;
                }

                var lease = current?.Lease ?? worker.Lease;
                if (current is null)
                {
                    ahead.Measure(lease, () => Bring(input, ticket, lease, cancellationToken));
                }
                else
                {
                    current.Complete();
                    if (faults.IsBefore(place))
                    {
                        continue;
                    }
                }

                coming = Next(worker, lease, cancellationToken);
                if (ticket.Large is null)
                {
                    worker.Fold(lease, input.Binding, input.Round, ticket.Batch, location, cancellationToken);
                    Count(lease);
                }
                else if (IsGood(worker, input, ticket.Batch, ticket.Large, location, cancellationToken))
                {
                    FoldPart(worker, lease, input, ticket.Batch, ticket.Large, location, cancellationToken);
                }
            }
            catch (Exception fault)
            {
                faults.Note(place, fault, location);
            }
        }
    }

    /// <summary>Lets the worker's next ticket be read into its other lease; null where the worker is to read it itself, later.</summary>
    private AheadTicket? Next(EngineWorker worker, BatchLease busy, CancellationToken cancellationToken)
    {
        if (!ahead.IsWorthwhile || busy.BytesRead > ReadAhead.LargestBatch || queue.Take(isFirst: false) is not (>= 0 and var place))
        {
            return null;
        }

        var ticket = queue[place];
        var input = inputs[ticket.Input];
        var lease = ReferenceEquals(busy, worker.Lease) ? worker.Spare : worker.Lease;
        if (ticket.Large is { Windows.IsCompressed: true })
        {
            return new AheadTicket(place, lease, static () => { });   // decoded by all workers together
        }

        var coming = new AheadTicket(place, lease, () => ahead.Measure(lease, () => Bring(input, ticket, lease, cancellationToken)));
        ahead.Post(coming);
        return coming;
    }

    private static void Bring(OpenInput input, BatchTicket ticket, BatchLease lease, CancellationToken cancellationToken)
    {
        if (ticket.Large is null)
        {
            input.Reader.Read(ticket.Batch, input.Binding.Projection, lease, cancellationToken);
        }
        else
        {
            ticket.Large.Windows.Read(ticket.Window, lease, cancellationToken);
        }
    }

    private void Count(BatchLease lease)
    {
        target.Checkpoint?.Read(lease.BytesRead);
        meter.Batch(lease.RowCount, lease.BytesRead, lease.BytesRead + lease.BytesSkipped);
    }

    /// <summary>Folds one window of a compressed batch, whichever is decoded next; the place is then that window's.</summary>
    private void FoldCompressed(
        EngineWorker worker, OpenInput input, int batch, LargeBatch large, ref int place, in DataLocation location, CancellationToken cancellationToken)
    {
        if (!IsGood(worker, input, batch, large, location, cancellationToken))
        {
            return;
        }

        var window = place - large.FirstTicket;
        try
        {
            var lease = large.Decoding.Take(out window, cancellationToken);
            try
            {
                FoldPart(worker, lease, input, batch, large, location, cancellationToken);
            }
            finally
            {
                large.Decoding.Release(lease);
            }
        }
        finally
        {
            place = large.FirstTicket + window;
        }
    }

    /// <summary>Whether a large batch may be folded: under <c>--on-bad skip</c> it is checked as a whole before.</summary>
    private bool IsGood(
        EngineWorker worker, OpenInput input, int batch, LargeBatch large, in DataLocation location, CancellationToken cancellationToken)
    {
        if (!Skips)
        {
            large.Windows.CheckLengths();
            return true;
        }

        if (large.Check(cancellationToken) is not { } fault)
        {
            return true;
        }

        if (!FileRead.CanSkip(fault))
        {
            throw fault;
        }

        Skip(worker, input, batch, large, fault, location);
        return false;
    }

    private void FoldPart(
        EngineWorker worker, BatchLease lease, OpenInput input, int batch, LargeBatch large, in DataLocation location, CancellationToken cancellationToken)
    {
        // a fault here, where the whole was checked, is the file's
        lease.Decode(cancellationToken);
        try
        {
            worker.Begin(lease, input.Binding);
        }
        catch (IndicatorDataException fault) when (Skips && FileRead.CanSkip(fault))
        {
            Skip(worker, input, batch, large, fault, location with { Offset = lease.BaseOffset });
            return;
        }

        worker.FoldPart(lease, input.Binding, input.Round, batch, cancellationToken);
        Count(lease);
    }

    private static void Skip(EngineWorker worker, OpenInput input, int batch, LargeBatch large, IndicatorDataException fault, in DataLocation location)
    {
        if (large.TrySkip())
        {
            input.Round.Skip(batch, large.Windows.RowCount, fault.At(location));
            worker.State.TablesSkipped |= input.Binding.TableMask;
        }
    }
}
