using System.IO.Pipelines;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Reading.Checkpoints;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.Reading;

/// <summary>Where the ways of reading put what they have read: the engine's state and ledger.</summary>
internal sealed class ReadTarget(EngineContext context, EngineState state, InputLedger ledger)
{
    /// <summary>The engine's context.</summary>
    public EngineContext Context { get; } = context;

    /// <summary>The inputs.</summary>
    public InputLedger Ledger { get; } = ledger;

    /// <summary>Where finished state is kept, or null.</summary>
    public ReadCheckpoint? Checkpoint { get; set; }

    /// <summary>Which part of the export is read, or null for all of it.</summary>
    public Shard? Shard { get; set; }

    /// <summary>The parts of the files that are read, or null for all of them.</summary>
    public ShardPlan? Plan { get; set; }

    /// <summary>Takes what is worth saying before anything is read, or null.</summary>
    public Action<string>? Warning { get; set; }

    /// <summary>Takes over the states of workers.</summary>
    public void Fold(IEnumerable<EngineWorker> workers)
    {
        foreach (var worker in workers)
        {
            state.TakeFrom(worker.SettledState());
        }
    }

    /// <summary>Notes that an input was skipped whole, and which tables that touches.</summary>
    public void Skip(InputTally input, Exception fault, long tables)
    {
        Ledger.Skip(input, fault);
        Context.Quarantine?.Discard(input);
        state.TablesOfSkippedInputs |= tables;
        Checkpoint?.Drop(input);
    }

    /// <summary>Reads one stream to its end; its fingerprint is known only then, so its state is merged or dropped as a whole (decisions D5).</summary>
    public Task ReadStreamAsync(PipeReader pipe, InputTally tally, ProgressMeter meter, CancellationToken cancellationToken) =>
        ReadStreamAsync(pipe, file: null, tally, meter, cancellationToken);

    /// <summary>Reads a stream in a file, pipe or device, which must be at its end what it was at its start.</summary>
    public Task ReadStreamAsync(ExportStream file, InputTally tally, ProgressMeter meter, CancellationToken cancellationToken) =>
        ReadStreamAsync(file.ToPipe(), file, tally, meter, cancellationToken);

    private async Task ReadStreamAsync(PipeReader pipe, ExportStream? file, InputTally tally, ProgressMeter meter, CancellationToken cancellationToken)
    {
        using var read = new StreamRead(Context, tally, meter);
        try
        {
            await read.RunAsync(pipe, cancellationToken).ConfigureAwait(false);
            file?.CheckUnchanged();
        }
        catch (Exception fault) when (Context.Query.OnBad == OnBad.Skip && FileRead.CanSkip(fault))
        {
            (fault as IndicatorDataException)?.At(new DataLocation(File: tally.Name));
            Skip(tally, fault, read.TableMask == 0 ? InputTally.TablesOf(fault) : read.TableMask);
            return;
        }
        catch (IndicatorDataException fault)
        {
            fault.At(new DataLocation(File: tally.Name));
            throw;
        }

        if (Ledger.Find(tally.Fingerprint!) is { } first)
        {
            Ledger.Replay(tally, first);
            Context.Quarantine?.Discard(tally);
            return;
        }

        Ledger.Count(tally);
        if (Checkpoint is null)
        {
            Fold(read.Workers);
        }
        else
        {
            Checkpoint.AddWhole(tally, read.Workers);
        }
    }
}
