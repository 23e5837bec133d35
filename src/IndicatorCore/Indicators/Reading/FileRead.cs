using System.Runtime.ExceptionServices;
using IndicatorCore.Aggregation;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.Reading;

/// <summary>
/// Reads files: opens, binds and fingerprints them, then lets workers take their batches as tickets. A file that holds a stream
/// goes the way of streams.
/// </summary>
internal sealed class FileRead(ReadTarget target, ProgressMeter meter)
{
    private const int FilesAtOnce = 64;

    private bool _hasWarned;

    private bool Skips => target.Context.Query.OnBad == OnBad.Skip;

    /// <summary>Reads all files.</summary>
    public async Task RunAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        if (target.Checkpoint is { } checkpoint)
        {
            await checkpoint.RestoreAsync(() => files.Select(Identify).OfType<InputTally>(), cancellationToken).ConfigureAwait(false);
        }

        // where inputs may be dropped, one at a time: whether the next is a replay depends on whether this one counts
        foreach (var group in files.Chunk(Skips ? 1 : FilesAtOnce))
        {
            await ReadGroupAsync(group, cancellationToken).ConfigureAwait(false);
        }

        target.Checkpoint?.Save();
    }

    /// <summary>Whether a fault costs only its batch or input under <c>--on-bad skip</c>: the memory budget is everybody's.</summary>
    public static bool CanSkip(Exception fault) => fault is IndicatorDataException and not LimitExceededException { IsMemoryBudget: true }
        or UnauthorizedAccessException
        or (IOException and not (QuarantineException or SpillException));

    private async Task ReadGroupAsync(string[] paths, CancellationToken cancellationToken)
    {
        var opened = new List<OpenInput>();
        try
        {
            foreach (var path in paths)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (IsStream(path))
                {
                    await ReadStreamAsync(path, cancellationToken).ConfigureAwait(false);
                    meter.Skip(new FileInfo(path).Length);
                    if (target.Checkpoint is { IsDue: true } checkpoint)
                    {
                        checkpoint.Save();
                    }
                }
                else if (Open(path) is { } input)
                {
                    opened.Add(input);
                }
                else
                {
                    meter.Skip(new FileInfo(path).Length);
                }
            }

            if (opened.Count > 0)
            {
                await ReadTicketsAsync(opened, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (var input in opened)
            {
                input.Dispose();
            }
        }
    }

    private bool IsStream(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path);
            Span<byte> head = stackalloc byte[IpcFormatDetection.HeadLength];
            var read = RandomAccess.Read(handle, head, 0);
            return IpcFormatDetection.Detect(head[..read]) == IpcContainer.Stream;
        }
        catch (Exception fault) when (Skips && CanSkip(fault))
        {
            return false;   // opening it as a file meets the same fault, and may skip it
        }
    }

    // what tells an input apart from others: enough to find it in a kept state; null where it cannot be read
    private InputTally? Identify(string path)
    {
        try
        {
            if (IsStream(path))
            {
                return StreamTally(path);
            }

            using var reader = IpcFileReader.Open(path, target.Context.ReaderOptions);
            var binding = InputBinding.Create(target.Context, reader.Schema, path);
            var tally = new InputTally { Name = path };
            tally.Fingerprint = InputFingerprint.Of(reader, binding.Projection, path, tally);
            return tally;
        }
        catch (Exception fault) when (fault is IndicatorDataException or IOException or UnauthorizedAccessException)
        {
            return null;   // met again, and reported, when it is its turn
        }
    }

    private static InputTally StreamTally(string path)
    {
        var file = new FileInfo(path);
        return new InputTally { Name = path, Bytes = file.Length, Modified = file.LastWriteTimeUtc.Ticks };
    }

    private async Task ReadStreamAsync(string path, CancellationToken cancellationToken)
    {
        var tally = target.Checkpoint is null ? new InputTally { Name = path, Bytes = new FileInfo(path).Length } : StreamTally(path);
        if (target.Ledger.Claim(tally) is not null)
        {
            return;
        }

        var stream = await ExportStream.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await target.ReadStreamAsync(stream, tally, new ProgressMeter(null, null), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens, binds and fingerprints a file; null when it is a replay, is skipped, or nothing is left to read of it.</summary>
    private OpenInput? Open(string path)
    {
        var tally = new InputTally { Name = path, Bytes = new FileInfo(path).Length };
        IpcFileReader? reader = null;
        var isKept = false;
        try
        {
            reader = IpcFileReader.Open(path, target.Context.ReaderOptions);
            var binding = InputBinding.Create(target.Context, reader.Schema, path);
            tally.Bind(binding);
            tally.BatchTotal = reader.BatchCount;
            tally.Fingerprint = InputFingerprint.Of(reader, binding.Projection, path, tally);
            if (target.Ledger.Claim(tally) is { } kept)
            {
                kept.Name = path;
                kept.Bind(binding);
                isKept = !kept.IsWhole;
                return kept.IsWhole ? null : new OpenInput(reader, binding, kept);
            }

            if (target.Ledger.Find(tally.Fingerprint) is { } first)
            {
                if (first is { IsKept: true, IsWhole: false })
                {
                    isKept = true;   // a state holds some of its batches: the rest is read
                    return new OpenInput(reader, binding, first);
                }

                // what a state file names may be another file here
                if (first.IsKept || first.Name == path || !File.Exists(first.Name) || InputFingerprint.SameContent(first.Name, path))
                {
                    for (var batch = 0; batch < reader.BatchCount; batch++)
                    {
                        tally.Batch(reader.BatchInfo(batch).Rows, 0, 0);
                    }

                    target.Ledger.Replay(tally, first);
                    return null;
                }

                tally.Fingerprint += $"-{target.Ledger.Inputs.Count}";   // alike in every sampled block, yet not the same
            }

            target.Ledger.Count(tally);
            isKept = true;
            return new OpenInput(reader, binding, tally);
        }
        catch (Exception fault) when (Skips && CanSkip(fault))
        {
            (fault as IndicatorDataException)?.At(new DataLocation(File: path));
            target.Skip(tally, fault, InputTally.TablesOf(fault));
            return null;
        }
        catch (IndicatorDataException fault)
        {
            fault.At(new DataLocation(File: path));
            throw;
        }
        finally
        {
            if (!isKept)
            {
                reader?.Dispose();
            }
        }
    }

    private async Task ReadTicketsAsync(IReadOnlyList<OpenInput> inputs, CancellationToken cancellationToken)
    {
        var tickets = Tickets(inputs, cancellationToken);
        try
        {
            Forecast(inputs, tickets, cancellationToken);
            await ReadTicketsAsync(inputs, tickets, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var ticket in tickets)
            {
                if (ticket.Window == 0)
                {
                    ticket.Large?.Dispose();
                }
            }
        }
    }

    // once more for each group of files, for nothing is known of the next ones yet
    private void Forecast(IReadOnlyList<OpenInput> inputs, BatchTicket[] tickets, CancellationToken cancellationToken)
    {
        if (StateSample.Forecast(target.Context, inputs, tickets, cancellationToken) is not { } forecast)
        {
            return;
        }

        forecast.ThrowIfProven();
        if (forecast.IsDoubtful && !_hasWarned)
        {
            _hasWarned = true;
            target.Warning?.Invoke(forecast.Doubt);
        }
    }

    private BatchTicket[] Tickets(IReadOnlyList<OpenInput> inputs, CancellationToken cancellationToken)
    {
        var tickets = new List<BatchTicket>();
        for (var i = 0; i < inputs.Count; i++)
        {
            foreach (var batch in Missing(inputs[i]))
            {
                if (Windows(inputs[i], batch, cancellationToken) is not { } windows)
                {
                    tickets.Add(new BatchTicket(i, batch));
                    continue;
                }

                var large = new LargeBatch(inputs[i].Reader, windows, tickets.Count, target.Context.Query.Threads ?? Environment.ProcessorCount);
                for (var window = 0; window < windows.Count; window++)
                {
                    tickets.Add(new BatchTicket(i, batch, window, large));
                }
            }
        }

        return [.. tickets];
    }

    private static BatchWindows? Windows(OpenInput input, int batch, CancellationToken cancellationToken)
    {
        try
        {
            return input.Reader.Windows(batch, input.Binding.Projection, cancellationToken);
        }
        catch (Exception fault) when (fault is IndicatorDataException or IOException)
        {
            return null;   // met again, and reported, when it is its turn
        }
    }

    private async Task ReadTicketsAsync(IReadOnlyList<OpenInput> inputs, BatchTicket[] tickets, CancellationToken cancellationToken)
    {
        var checkpoint = target.Checkpoint;
        var done = 0;
        do
        {
            if (checkpoint is not null)
            {
                foreach (var input in inputs)
                {
                    input.Round = input.Tally.Empty();
                }
            }

            var isSmall = IsSmall(inputs);
            using var crew = new WorkerCrew(target.Context, isSmall ? 1 : Math.Max(1, tickets.Length - done));
            var end = await ReadRoundAsync(crew, inputs, tickets, done, isSmall, cancellationToken).ConfigureAwait(false);
            if (end < 0)
            {
                return;
            }

            foreach (var ticket in tickets.AsSpan(done, end - done))
            {
                if (ticket.Window == 0)
                {
                    inputs[ticket.Input].Round.Coverage.Add(ticket.Batch, ticket.Batch + 1);
                }
            }

            done = end;
            if (checkpoint is null)
            {
                target.Fold(crew.Workers);
            }
            else
            {
                checkpoint.Add(inputs, crew.Workers);
                if (checkpoint.IsDue && done < tickets.Length)
                {
                    checkpoint.Save();
                }
            }
        }
        while (done < tickets.Length);

        if (checkpoint is not null)
        {
            foreach (var input in inputs)
            {
                checkpoint.Complete(input.Tally);
            }

            if (checkpoint.IsDue)
            {
                checkpoint.Save();
            }
        }
    }

    /// <summary>Whether a thread costs more than the work: one input, of no more rows than a chunk holds.</summary>
    private static bool IsSmall(IReadOnlyList<OpenInput> inputs) => inputs is [var only] && only.Tally.RowsDeclared <= RowChunk.Capacity;

    private List<int> Missing(OpenInput input)
    {
        var covered = target.Checkpoint?.Covered(input.Tally) ?? input.Tally.Coverage;
        var (first, end) = target.Plan?.BatchesOf(input.Reader.Name) ?? (0, input.Reader.BatchCount);
        var missing = new List<int>();
        for (var batch = first; batch < Math.Min(end, input.Reader.BatchCount); batch++)
        {
            if (!covered.Contains(batch))
            {
                missing.Add(batch);
            }
        }

        return missing;
    }

    /// <summary>Reads tickets from <paramref name="start"/> on: to the last, or until a checkpoint is due.</summary>
    /// <returns>The first ticket that was not read; -1 when the only input was skipped.</returns>
    private async Task<int> ReadRoundAsync(
        WorkerCrew crew, IReadOnlyList<OpenInput> inputs, BatchTicket[] tickets, int start, bool inPlace, CancellationToken cancellationToken)
    {
        var faults = new FaultList();
        var queue = new TicketQueue(tickets, start, faults, () => target.Checkpoint is { IsDue: true });
        using (var ahead = new ReadAhead(target.Context.Query.Reading.ReadAhead))
        {
            var round = new TicketRound(target, meter, inputs, queue, ahead, faults);
            await crew.RunAsync(worker => round.Work(worker, cancellationToken), inPlace).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        CheckUnchanged(inputs, faults);
        if (faults.First is { } fault)
        {
            if (Skips && inputs is [var only] && CanSkip(fault) && !only.Tally.IsKept)   // of what a state holds nothing can be taken back
            {
                target.Skip(only.Tally, fault, only.Binding.TableMask);
                return -1;
            }

            ExceptionDispatchInfo.Throw(fault);
        }

        return queue.Next;
    }

    private static void CheckUnchanged(IReadOnlyList<OpenInput> inputs, FaultList faults)
    {
        foreach (var input in inputs)
        {
            try
            {
                input.Reader.CheckUnchanged();
            }
            catch (Exception fault) when (fault is IndicatorDataException or IOException)
            {
                faults.Note(-1, fault, new DataLocation(File: input.Tally.Name));
            }
        }
    }
}
