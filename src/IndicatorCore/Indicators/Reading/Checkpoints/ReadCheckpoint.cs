using IndicatorCore.Errors;
using IndicatorCore.Indicators.State;
using IndicatorCore.Indicators.StateFiles;

namespace IndicatorCore.Indicators.Reading.Checkpoints;

/// <summary>
/// Keeps what a read has finished in state files, each of which covers batches that no other does, and takes it up again (decisions
/// D14). All calls but <see cref="Read"/> and <see cref="IsDue"/> come while no worker works.
/// </summary>
internal sealed class ReadCheckpoint : IDisposable
{
    private const int MostFiles = 32;
    private const int MostFilesOfUnit = 16;
    private const int ShareOfTime = 10;

    private readonly EngineContext _context;
    private readonly CheckpointOptions _options;
    private readonly CheckpointFolder _folder;
    private readonly EngineState _state;
    private readonly InputLedger _ledger;
    private readonly List<long> _files = [];
    private readonly Dictionary<InputTally, InputTally> _freshInputs = [];
    private readonly Dictionary<InputTally, CheckpointUnit> _units = [];
    private EngineState _fresh;
    private TimeSpan _interval;
    private long _since;
    private long _bytes;

    /// <summary>Opens the directory.</summary>
    /// <param name="context">The engine's.</param>
    /// <param name="options">Where and how often.</param>
    /// <param name="definitions">The definitions of the query.</param>
    /// <param name="state">Where finished state goes.</param>
    /// <param name="ledger">Where finished inputs go.</param>
    /// <exception cref="IOException">The directory cannot be used.</exception>
    public ReadCheckpoint(EngineContext context, CheckpointOptions options, IReadOnlyList<string> definitions, EngineState state, InputLedger ledger)
    {
        (_context, _options, _state, _ledger) = (context, options, state, ledger);
        _folder = new CheckpointFolder(
            options.Directory, new StateFileWriter(context, definitions), new StateFileReader(context, definitions));
        _fresh = context.NewState();
        _interval = options.Interval;
        _since = options.Time.GetTimestamp();
    }

    /// <summary>Whether state is to be written before more is read.</summary>
    public bool IsDue => Volatile.Read(ref _bytes) >= _options.Bytes || _options.Time.GetElapsedTime(_since) >= _interval;

    private bool IsByUnit => _context.Query.OnBad == OnBad.Skip;

    /// <summary>A worker has read stored bytes.</summary>
    public void Read(long bytes) => Interlocked.Add(ref _bytes, bytes);

    /// <summary>Takes up what the directory keeps of these inputs. What it keeps of others, or of inputs that have changed, is given up.</summary>
    /// <param name="inputs">The inputs that are there, asked for only if the directory keeps anything.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IndicatorDataException">A file is of another query, or damaged.</exception>
    public async Task RestoreAsync(Func<IEnumerable<InputTally>> inputs, CancellationToken cancellationToken)
    {
        var numbers = _folder.Open();
        if (numbers.Count == 0)
        {
            return;
        }

        var present = inputs().Select(_ledger.IdentityOf).ToHashSet(StringComparer.Ordinal);
        var loaded = new List<(long Number, StateFile File)>();
        foreach (var number in numbers)
        {
            var file = await _folder.ReadAsync(number, cancellationToken).ConfigureAwait(false);
            if (file.Inputs.FirstOrDefault(input => !present.Contains(_ledger.IdentityOf(input))) is { } gone)
            {
                GiveUp(number, file, $"'{gone.Name}' is not among the inputs any more, or has changed");
            }
            else
            {
                loaded.Add((number, file));
            }
        }

        TakeUp(Judge(loaded));
    }

    /// <summary>The batches of an input that need not be read.</summary>
    public BatchRanges Covered(InputTally input) => _units.TryGetValue(input, out var unit) ? unit.SavedTally.Coverage : input.Coverage;

    /// <summary>Takes over what workers have read of inputs since the last call.</summary>
    public void Add(IReadOnlyList<OpenInput> inputs, IEnumerable<EngineWorker> workers)
    {
        var state = _fresh;
        if (IsByUnit)
        {
            var unit = UnitOf(inputs.Single().Tally);
            unit.FreshTally.MergeFrom(inputs[0].Round);
            state = unit.Fresh;
        }
        else
        {
            foreach (var input in inputs)
            {
                AddFresh(input.Tally, input.Round);
            }
        }

        foreach (var worker in workers)
        {
            state.TakeFrom(worker.SettledState());
        }
    }

    /// <summary>Takes over a stream that was read to its end.</summary>
    public void AddWhole(InputTally input, IEnumerable<EngineWorker> workers)
    {
        // its tally is the ledger's own already
        _freshInputs.Add(input, input);
        foreach (var worker in workers)
        {
            _fresh.TakeFrom(worker.SettledState());
        }
    }

    /// <summary>An input was read to its end.</summary>
    public void Complete(InputTally input)
    {
        if (!_units.Remove(input, out var unit))
        {
            return;
        }

        AddFresh(input, unit.FreshTally);
        _fresh.TakeFrom(unit.Fresh);
        if (unit.Files.Count > 0)
        {
            _files.AddRange(unit.Files);
            input.MergeFrom(unit.SavedTally);
            _state.TakeFrom(unit.Saved);
        }
    }

    /// <summary>An input is dropped whole.</summary>
    public void Drop(InputTally input)
    {
        if (_units.Remove(input, out var unit))
        {
            unit.Files.ForEach(_folder.Delete);
            unit.Saved.Clear();
            unit.Fresh.Clear();
        }
    }

    /// <summary>Writes what is in no file yet.</summary>
    /// <exception cref="IOException">The directory does not take it.</exception>
    public void Save()
    {
        var start = _options.Time.GetTimestamp();
        if (_freshInputs.Count > 0)
        {
            _files.Add(_folder.Write(_fresh, _freshInputs.Values, []));
            _state.TakeFrom(_fresh);
            _fresh = _context.NewState();
            _freshInputs.Clear();
        }

        foreach (var unit in _units.Values.Where(static unit => unit.FreshTally.Coverage.Count > 0))
        {
            unit.Keep(_folder.Write(unit.Fresh, [unit.FreshTally], []));
            if (unit.Files.Count > MostFilesOfUnit)
            {
                var merged = _folder.Write(unit.Saved, [unit.SavedTally], unit.Files);
                unit.Files.Clear();
                unit.Files.Add(merged);
            }
        }

        if (_files.Count > MostFiles)
        {
            var merged = _folder.Write(_state, _ledger.Inputs.Where(static input => input.ReplayOf is null && input.Coverage.Count > 0), _files);
            _files.Clear();
            _files.Add(merged);
        }

        _since = _options.Time.GetTimestamp();
        var cost = _options.Time.GetElapsedTime(start, _since);
        _interval = TimeSpan.FromTicks(Math.Max(_options.Interval.Ticks, cost.Ticks * ShareOfTime));
        Volatile.Write(ref _bytes, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _folder.Dispose();
        _fresh.Clear();
        foreach (var unit in _units.Values)
        {
            unit.Saved.Clear();
            unit.Fresh.Clear();
        }
    }

    private void AddFresh(InputTally input, InputTally seen)
    {
        if (seen.Coverage.Count == 0)
        {
            return;
        }

        if (!_freshInputs.TryGetValue(input, out var fresh))
        {
            _freshInputs.Add(input, fresh = input.Empty());
        }

        fresh.MergeFrom(seen);
        input.MergeFrom(seen);
    }

    private CheckpointUnit UnitOf(InputTally input)
    {
        if (!_units.TryGetValue(input, out var unit))
        {
            _units.Add(input, unit = new CheckpointUnit(input, _context));
        }

        return unit;
    }

    // Where inputs may yet be dropped, an unfinished one must stand alone: what a run without --on-bad skip kept of several is given up.
    private List<(long Number, StateFile File, bool IsUnit)> Judge(List<(long Number, StateFile File)> loaded)
    {
        while (true)
        {
            var covered = Coverage(loaded);
            var unfinished = covered.Values.Where(static input => !input.IsWhole).Select(_ledger.IdentityOf).ToHashSet(StringComparer.Ordinal);
            bool HasUnfinished(StateFile file) => file.Inputs.Any(input => unfinished.Contains(_ledger.IdentityOf(input)));
            var entangled = IsByUnit ? loaded.FindIndex(entry => entry.File.Inputs.Count > 1 && HasUnfinished(entry.File)) : -1;
            if (entangled < 0)
            {
                return loaded.ConvertAll(entry => (entry.Number, entry.File, IsByUnit && HasUnfinished(entry.File)));
            }

            GiveUp(loaded[entangled].Number, loaded[entangled].File, "it holds unfinished inputs together, which --on-bad skip keeps apart");
            loaded.RemoveAt(entangled);
        }
    }

    private Dictionary<string, InputTally> Coverage(List<(long Number, StateFile File)> loaded)
    {
        var covered = new Dictionary<string, InputTally>(StringComparer.Ordinal);
        foreach (var input in loaded.SelectMany(static entry => entry.File.Inputs))
        {
            var identity = _ledger.IdentityOf(input);
            if (!covered.TryGetValue(identity, out var whole))
            {
                covered.Add(identity, whole = input.Empty());
            }

            if (whole.Coverage.Overlaps(input.Coverage))
            {
                throw new StateMismatchException(
                    "Two checkpoints cover the same batches", new DataLocation(File: input.Name), "Delete the checkpoint directory and read the inputs again.");
            }

            whole.MergeFrom(input);
        }

        return covered;
    }

    private void TakeUp(List<(long Number, StateFile File, bool IsUnit)> loaded)
    {
        var inputs = new Dictionary<string, InputTally>(StringComparer.Ordinal);
        foreach (var (number, file, isUnit) in loaded)
        {
            foreach (var seen in file.Inputs)
            {
                var identity = _ledger.IdentityOf(seen);
                if (!inputs.TryGetValue(identity, out var input))
                {
                    inputs.Add(identity, input = seen.Empty());
                    _ledger.Restore(input);
                }

                if (!isUnit)
                {
                    input.MergeFrom(seen);
                    continue;
                }

                var unit = UnitOf(input);
                unit.FreshTally.MergeFrom(seen);
                unit.Fresh.TakeFrom(file.State);
                unit.Keep(number);
            }

            if (!isUnit)
            {
                _files.Add(number);
                _state.TakeFrom(file.State);
            }
        }

        _options.Note?.Invoke(
            $"going on from {loaded.Count} checkpoint(s) in '{_options.Directory}': {inputs.Count} input(s), {loaded.Sum(static entry => entry.File.Inputs.Sum(static input => input.Rows)):N0} rows");
    }

    private void GiveUp(long number, StateFile file, string reason)
    {
        _options.Note?.Invoke($"a checkpoint is given up and its inputs are read again: {reason}");
        file.State.Clear();
        _folder.Delete(number);
    }
}
