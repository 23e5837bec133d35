using System.IO.Pipelines;
using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Definitions;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Indicators.Reading.Checkpoints;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.State;
using IndicatorCore.Indicators.State.Rows;
using IndicatorCore.Indicators.StateFiles;
using IndicatorCore.Spilling;

namespace IndicatorCore.Indicators;

/// <summary>
/// Reads exports with all workers, keeps mergeable integer state, and makes reports of it (interface 5, decisions D2). One call
/// at a time; after an error or a cancellation only <see cref="Dispose"/> is legal.
/// </summary>
public sealed class IndicatorEngine : IAsyncDisposable, IDisposable
{
    private readonly EngineContext _context;
    private readonly IReadOnlyList<IndicatorDefinition> _selected;
    private readonly IReadOnlyList<IndicatorDefinition> _kept;
    private readonly InputLedger _ledger;
    private readonly ReadTarget _target;
    private readonly Dictionary<Schema, InputReader> _added = new(ReferenceEqualityComparer.Instance);
    private readonly EngineState _state;
    private readonly InputTally _memory = new() { Name = "(memory)" };
    private EngineWorker? _caller;
    private int _busy;
    private bool _isFaulted;
    private bool _isDisposed;

    /// <summary>Makes an engine for one query.</summary>
    /// <exception cref="ConfigurationException">The query contradicts itself or names something unknown.</exception>
    /// <exception cref="StateMismatchException">It asks for more than its <see cref="IndicatorQuery.Grain"/> holds.</exception>
    public IndicatorEngine(IndicatorQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Query = query;
        (_selected, _kept) = QueryCheck.Check(query, out var zone);
        var clock = new ReportingClock(zone);
        var budget = new MemoryBudget(query.MemoryBudget ?? MemoryBudget.DefaultLimit);
        var keys = new KeySpaces(budget);
        var registry = query.Registry is null ? null : new RegistryIndex(query.Registry, keys, clock);
        _context = new EngineContext
        {
            Query = query,
            Clock = clock,
            Keys = keys,
            Budget = budget,
            Spill = new SpillSpace(query.SpillDirectory),
            Registry = registry,
            Needs = _kept.Aggregate(TableNeeds.None, static (needs, definition) => needs | definition.Needs),
            UserPlans = [.. _kept.OfType<UserTableDefinition>().Select(static definition => definition.Plan).Distinct().OrderBy(static plan => plan.Number)],
            Grain = query.Grain ?? StateGrain.Least(query, clock, registry?.Borders ?? []),
            Shifts = query.Window == Window.Shift || query.Grain?.Panes == StatePanes.Shift ? ShiftCalendar.Of(query.Registry) : null,
        };
        _context.Spill.Check();
        _context.Rows = query.Dedup == DedupPolicy.Rows ? new RowSpace(_context, _context.Spill) : null;
        _state = new EngineState(_context, isEngines: true);
        _ledger = new InputLedger(query.Dedup);
        _target = new ReadTarget(_context, _state, _ledger);
    }

    /// <summary>The query.</summary>
    public IndicatorQuery Query { get; }

    /// <summary>Where progress is reported, from worker threads and after every batch; or null.</summary>
    public IProgress<EngineProgress>? Progress { get; set; }

    /// <summary>
    /// Takes a sentence that is worth saying before files are read, or null: their state may well not fit the memory budget, though that
    /// is not certain. What is certain not to fit is refused.
    /// </summary>
    public Action<string>? Warning
    {
        get => _target.Warning;
        set => _target.Warning = value;
    }

    /// <summary>
    /// Where <see cref="ReadAsync(IReadOnlyList{string}, CancellationToken)"/> keeps what it has finished, and takes it up again; or null. Such an
    /// engine reads once, and only files.
    /// </summary>
    public CheckpointOptions? Checkpoint { get; set; }

    /// <summary>
    /// Takes every row that is set aside, with its values, or null; set before anything is read, and left to the caller to dispose. It gets
    /// what this engine reads, not what is merged into it; under <c>--dedup rows</c>, rows as they are read, duplicates among them.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something was read already.</exception>
    public IQuarantineSink? Quarantine
    {
        get => _context.Quarantine?.Sink;
        set
        {
            if (_ledger.Inputs.Count > 0)
            {
                throw new InvalidOperationException("The quarantine sink is set before anything is read: it would miss rows.");
            }

            _context.Quarantine = value is null ? null : new QuarantineTap(value);
        }
    }

    /// <summary>
    /// Which part of an export <see cref="ReadAsync(IReadOnlyList{string}, CancellationToken)"/> reads, or null for all of it; set before anything
    /// is read. Who reads the other parts need not be known: equal files make equal parts, whatever their names, order and host. Such an
    /// engine reads once, and only files.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something was read already.</exception>
    public Shard? Shard
    {
        get => _target.Shard;
        set => _target.Shard = _ledger.Inputs.Count == 0
            ? value
            : throw new InvalidOperationException("The shard is set before anything is read: it would count what is not its own.");
    }

    /// <summary>The inputs so far, by name.</summary>
    public IReadOnlyList<ManifestInput> Inputs => [.. _ledger.Inputs.Select(static input => input.ToManifest()).OrderBy(static input => input.Name, StringComparer.Ordinal)];

    /// <summary>Which shards of which plans the state holds, by plan.</summary>
    public IReadOnlyList<StateShards> Shards => _context.Origin.Shards;

    /// <summary>The revisions of the state, by number; the last one is of what was read when <see cref="Revise"/> was called.</summary>
    public IReadOnlyList<StateRevision> Revisions => _context.Origin.Revisions;

    /// <summary>Bytes that state, keys and kept rows take now.</summary>
    public long MemoryUsed => _context.Budget.Used;

    /// <summary>
    /// How many slots the state has, that is, places (scope and day, hour or span) with rows, over all tables: what memory
    /// grows with. Rows of <see cref="Add"/> count once a report is asked for.
    /// </summary>
    public long SlotCount => _state.SlotCount;

    /// <summary>Reads files with all workers: a path, a directory or a glob. A single file of at most 2,048 rows is read on the caller's thread.</summary>
    /// <exception cref="IndicatorDataException">An input is faulty (always, or for framing and memory faults under <see cref="OnBad.Skip"/> never).</exception>
    /// <exception cref="IOException">An input cannot be read.</exception>
    public Task ReadAsync(string path, CancellationToken cancellationToken = default) => ReadAsync([path], cancellationToken);

    /// <summary>Reads files with all workers: paths, directories or globs, as one export. Pipes and devices are read as streams, after the files.</summary>
    /// <exception cref="IndicatorDataException">An input is faulty.</exception>
    /// <exception cref="IOException">An input cannot be read.</exception>
    public async Task ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        using var call = Enter(cancellationToken);
        await call.RunAsync(async () =>
        {
            var named = ExportFiles.Expand(paths);
            var pipes = named.Where(ExportStream.IsSequential).ToList();
            var files = pipes.Count == 0 ? named : [.. named.Except(pipes, StringComparer.Ordinal)];
            _context.Origin.IsSettled = false;
            if (Shard is { } shard)
            {
                files = OpenPlan(shard, files, pipes, cancellationToken);
            }

            var meter = new ProgressMeter(Progress, pipes.Count == 0 ? files.Sum(static file => new FileInfo(file).Length) : null);
            using var checkpoint = OpenCheckpoint(pipes);
            _target.Checkpoint = checkpoint;
            await new FileRead(_target, meter).RunAsync(files, cancellationToken).ConfigureAwait(false);
            _target.Checkpoint = null;
            foreach (var path in pipes)
            {
                var stream = await ExportStream.OpenAsync(path, cancellationToken).ConfigureAwait(false);
                await using (stream.ConfigureAwait(false))
                {
                    await _target.ReadStreamAsync(stream, new InputTally { Name = path }, meter, cancellationToken).ConfigureAwait(false);
                }
            }
        }).ConfigureAwait(false);
    }

    /// <summary>Reads a stream of Arrow IPC bytes with all workers; it is counted once even when it was read before.</summary>
    /// <param name="pipe">The bytes; completed when they end.</param>
    /// <param name="name">What errors and the manifest call the input.</param>
    /// <param name="cancellationToken">Stops the read; the engine is faulted then.</param>
    /// <exception cref="IndicatorDataException">The stream is faulty.</exception>
    public async Task ReadAsync(PipeReader pipe, string name = "-", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        CheckNoCheckpoint();
        using var call = Enter(cancellationToken);
        _context.Origin.IsSettled = false;
        await call.RunAsync(() => _target.ReadStreamAsync(pipe, new InputTally { Name = name }, new ProgressMeter(Progress, total: null), cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Reads a stream of Arrow IPC bytes with all workers.</summary>
    /// <exception cref="IndicatorDataException">The stream is faulty.</exception>
    public Task ReadAsync(PipeReader pipe, CancellationToken cancellationToken) => ReadAsync(pipe, "-", cancellationToken);

    /// <summary>Reads batches already in memory with all workers; every lease is disposed once it is read.</summary>
    /// <exception cref="IndicatorDataException">A batch is faulty.</exception>
    public async Task ReadAsync(IEnumerable<BatchLease> leases, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leases);
        CheckNoCheckpoint();
        using var call = Enter(cancellationToken);
        await call.RunAsync(() => new LeaseRead(_target, NoteMemory()).RunAsync(leases, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Reads batches with all workers as they come; every lease is disposed once it is read.</summary>
    /// <exception cref="IndicatorDataException">A batch is faulty.</exception>
    public async Task ReadAsync(IAsyncEnumerable<BatchLease> leases, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leases);
        CheckNoCheckpoint();
        using var call = Enter(cancellationToken);
        await call.RunAsync(() => new LeaseRead(_target, NoteMemory()).RunAsync(leases, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Folds one batch on the caller's thread; the view may be given back when this returns.</summary>
    /// <exception cref="IndicatorDataException">The batch does not fit the query.</exception>
    public void Add(RecordBatch view)
    {
        CheckNoCheckpoint();
        using var call = Enter();
        try
        {
            NoteMemory();
            _caller ??= new EngineWorker(_context);
            if (!_added.TryGetValue(view.Schema, out var reader))
            {
                reader = _caller.Reader(InputBinding.Create(_context, view.Schema, _memory.Name));
                _added.Add(view.Schema, reader);
            }

            reader.Begin(view);
            reader.Read(view, _memory.Batches, _memory, CancellationToken.None);
            _memory.Batch(view.Length, 0, 0);
        }
        catch
        {
            _isFaulted = true;
            throw;
        }
    }

    /// <summary>Takes over what another engine of the same query has read; the other is left as it was.</summary>
    /// <exception cref="StateMismatchException">The queries differ, or both have read one of the inputs but not all.</exception>
    public void Merge(IndicatorEngine other)
    {
        ArgumentNullException.ThrowIfNull(other);
        CheckNoCheckpoint();
        using var call = Enter();
        using var otherCall = other.Enter();
        other.FoldCaller();
        if (!KeepsSameState(other))
        {
            throw new StateMismatchException("The states are of different queries", advice: "Merge only what one query has read.");
        }

        _context.Origin.IsSettled = false;
        if (_ledger.Merge(other._ledger.Inputs))
        {
            _state.MergeFrom(other._state, new StateKeyMap(other._context.Keys, _context.Keys));
            if (_state.Rows is { } rows)
            {
                RowTransfer.Copy(other._state.Rows!, rows);
            }
        }
    }

    /// <summary>Writes what was read so far as a state file (docs/state-file.md), an Arrow IPC file; consumes nothing. Equal states give equal bytes.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <exception cref="StateMismatchException">The registry has no digest.</exception>
    /// <exception cref="IOException">The output does not take it.</exception>
    public void SaveState(Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using var call = Enter();
        FoldCaller();
        CheckCanBeKept();
        _state.TablesSkipped |= _state.TablesOfSkippedInputs;
        NoteDuplicates(static _ => 0);   // they are of a report
        new StateFileWriter(_context, Definitions).Write(output, _state, _ledger.Inputs.Where(static input => input.ReplayOf is null));
    }

    /// <summary>Takes over the state of a file that <see cref="SaveState"/> or a checkpoint wrote.</summary>
    /// <returns>False when everything that it holds was there already, so that nothing has changed.</returns>
    /// <exception cref="StateMismatchException">It is of another query, or both have read one of the inputs but not all.</exception>
    /// <exception cref="IndicatorDataException">It is no state file, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<bool> MergeStateAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var call = Enter(cancellationToken);
        CheckCanBeKept();
        var isNew = false;
        await call.RunAsync(async () =>
        {
            var reader = new StateFileReader(_context, Definitions);
            var file = await reader.ReadAsync(path, cancellationToken).ConfigureAwait(false);
            try
            {
                isNew = Merge(file);
            }
            catch (IndicatorDataException fault)
            {
                fault.At(new DataLocation(File: path));
                throw;
            }
        }).ConfigureAwait(false);
        return isNew;
    }

    /// <summary>
    /// Makes what has come in since the last revision a new one (indicator-definitions 1.3, late data): reports carry its number from now on,
    /// and <see cref="SaveState"/> keeps its record. Without anything new the last revision stays.
    /// </summary>
    /// <returns>The number of the revision, from 1.</returns>
    /// <exception cref="StateMismatchException">Rows are kept for <see cref="DedupPolicy.Rows"/>; or the registry has no digest.</exception>
    public int Revise()
    {
        using var call = Enter();
        FoldCaller();
        CheckCanBeKept();
        if (_state.Rows is not null)
        {
            throw new StateMismatchException("Rows kept for --dedup rows have no revisions: which of them count is known only when all are read", advice: "Read without it.");
        }

        var origin = _context.Origin;
        var inputs = NewInputs(origin.Revisions);
        if (inputs.Count > 0 || origin.Revisions.Count == 0)
        {
            origin.Revisions = [.. origin.Revisions, new StateRevision { Number = origin.Revisions.Count + 1, AsOf = new ReportContext(_context, _state).ReferenceDate, Inputs = inputs }];
        }

        origin.IsSettled = true;
        return origin.Revisions.Count;
    }

    /// <summary>Makes a report of what was read so far; consumes nothing and may be asked for as often as one likes.</summary>
    /// <exception cref="LimitExceededException">The memory budget does not hold it.</exception>
    /// <exception cref="SpillException">What was kept on disk cannot be read back.</exception>
    public IndicatorReport Finish() => Finish(CancellationToken.None);

    /// <summary>Makes a report of what was read so far; consumes nothing and may be asked for as often as one likes.</summary>
    /// <param name="cancellationToken">Stops it between rows kept for <see cref="DedupPolicy.Rows"/>; the engine can be asked again.</param>
    /// <exception cref="LimitExceededException">The memory budget does not hold it.</exception>
    /// <exception cref="SpillException">What was kept on disk cannot be read back.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IndicatorReport Finish(CancellationToken cancellationToken)
    {
        using var call = Enter(cancellationToken);
        FoldCaller();
        if (_state.Rows is not { Count: > 0 } rows)
        {
            return Report(_state);
        }

        // which rows count is known only now: fold them into a copy, so that more may be read later
        var state = new EngineState(_context);
        try
        {
            state.MergeFrom(_state, new StateKeyMap());
            using (var fold = new RowFold(_context, state, rows.Space))
            {
                fold.Run(rows, cancellationToken);
                NoteDuplicates(fold.DuplicatesOf);
            }

            return Report(state);
        }
        finally
        {
            state.Clear();
        }
    }

    /// <summary>The same as <see cref="Finish()"/>: reports consume nothing.</summary>
    public IndicatorReport Snapshot() => Finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _caller?.Dispose();
            _state.Clear();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private IndicatorReport Report(EngineState state) => new ReportBuilder(_context, state, _selected, _ledger.Inputs).Build();

    // inputs of one name are told apart by nobody: the first has the count of all
    private void NoteDuplicates(Func<string, long> duplicatesOf)
    {
        if (_state.Rows is null)
        {
            return;
        }

        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in _ledger.Inputs)
        {
            input.Duplicates = input.ReplayOf is null && named.Add(input.Name) ? duplicatesOf(input.Name) : 0;
        }
    }

    private IReadOnlyList<string> Definitions => [.. _kept.Select(static definition => definition.Description.Definition)];

    private bool Merge(StateFile file)
    {
        var origin = _context.Origin;
        try
        {
            origin.Check(file.Header.Shards);
            var isFirst = !_ledger.Inputs.Any(static input => input.Coverage.Count > 0 || input.Rows > 0) && origin.Revisions.Count == 0;
            var isNew = _ledger.Merge(file.Inputs, isKept: true);
            foreach (var shards in file.Header.Shards)
            {
                origin.Add(shards);
            }

            if (!isNew)
            {
                return false;
            }

            if (file.Inputs.Any(static input => input.Coverage.Count > 0 || input.Rows > 0) || isFirst)
            {
                // what two states have in common is no revision of either
                (origin.Revisions, origin.IsSettled) = isFirst ? (file.Header.Revisions, file.Header.Revisions.Count > 0) : ([], false);
            }

            _state.TakeFrom(file.State);
            return true;
        }
        finally
        {
            file.State.Clear();
        }
    }

    private List<StateInput> NewInputs(IReadOnlyList<StateRevision> revisions)
    {
        var known = new Dictionary<string, BatchRanges>(StringComparer.Ordinal);
        foreach (var input in revisions.SelectMany(static revision => revision.Inputs))
        {
            ref var ranges = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(known, input.Fingerprint ?? input.Name, out _);
            ranges ??= new BatchRanges();
            foreach (var (first, end) in input.Batches)
            {
                ranges.Add(first, end);
            }
        }

        var found = new List<StateInput>();
        foreach (var input in _ledger.Inputs.Where(static input => input.ReplayOf is null && input.Coverage.Count > 0))
        {
            var rest = known.TryGetValue(input.Fingerprint ?? input.Name, out var ranges) ? input.Coverage.Except(ranges) : input.Coverage;
            if (rest.Count > 0)
            {
                found.Add(new StateInput(input.Name, input.Fingerprint, [.. rest.Ranges]));
            }
        }

        found.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name) is not 0 and var order ? order : string.CompareOrdinal(left.Fingerprint, right.Fingerprint));
        return found;
    }

    private bool KeepsSameState(IndicatorEngine other) => QueryDigest.Text(_context, Definitions) == QueryDigest.Text(other._context, other.Definitions)
        && (ReferenceEquals(Query.Registry, other.Query.Registry)

            // a registry made in memory has no digest: only the same object is surely the same
            || (Query.Registry is { Digest.Length: > 0 } registry && registry.Digest == other.Query.Registry?.Digest));

    private IReadOnlyList<string> OpenPlan(Shard shard, IReadOnlyList<string> files, List<string> pipes, CancellationToken cancellationToken)
    {
        if (pipes.Count > 0)
        {
            throw ShardPlan.NotSharded(pipes[0], "A pipe or device");
        }

        if (_ledger.Inputs.Count > 0)
        {
            throw new InvalidOperationException("An engine of a shard reads once, and only files.");
        }

        var plan = ShardPlan.Make(_context, files, shard, cancellationToken);
        _target.Plan = plan;
        _context.Origin.Add(new StateShards(plan.Digest, shard.Count, [shard.Index]));
        return plan.Files;
    }

    private ReadCheckpoint? OpenCheckpoint(List<string> pipes)
    {
        if (Checkpoint is null)
        {
            return null;
        }

        if (pipes.Count > 0)
        {
            throw new StateMismatchException(
                "A pipe or device cannot be read again after a kill", new DataLocation(File: pipes[0]), "Save it to a file, or read without checkpoints.");
        }

        CheckCanBeKept();
        if (_context.Quarantine is not null)
        {
            throw new InvalidOperationException("A quarantine sink would miss the rows of what was read before: it does not go with checkpoints.");
        }

        return _ledger.Inputs.Count == 0
            ? new ReadCheckpoint(_context, Checkpoint, Definitions, _state, _ledger)
            : throw new InvalidOperationException("An engine with checkpoints reads once, and only files.");
    }

    private void CheckCanBeKept()
    {
        if (Query.Registry is { Digest.Length: 0 })
        {
            throw new StateMismatchException("State cannot be kept with a registry that has no digest", advice: "Read the registry from files, or give it a digest.");
        }
    }

    private void CheckNoCheckpoint()
    {
        if (Shard is not null)
        {
            throw new InvalidOperationException("An engine of a shard reads once, and only files.");
        }

        if (Checkpoint is not null)
        {
            throw new InvalidOperationException("An engine with checkpoints reads once, and only files.");
        }
    }

    /// <summary>What its workers share.</summary>
    internal EngineContext Context => _context;

    /// <summary>What was read so far.</summary>
    internal EngineState State => _state;

    private EngineCall Enter(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isFaulted)
        {
            throw new InvalidOperationException("An earlier call failed or was cancelled: only Dispose is legal.");
        }

        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException("Another call is running: one at a time.");
        }

        _context.Spill.Cancellation = cancellationToken;
        return new EngineCall(() => Volatile.Write(ref _busy, 0), () => _isFaulted = true);
    }

    private InputTally NoteMemory()
    {
        _context.Origin.IsSettled = false;
        _ledger.Count(_memory);
        return _memory;
    }

    private void FoldCaller()
    {
        if (_caller is not null)
        {
            _target.Fold([_caller]);
            _caller.Dispose();
            _caller = null;
            _added.Clear();
        }
    }
}
