using System.IO.Pipelines;
using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Definitions;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators;

/// <summary>
/// Reads exports with all workers, keeps mergeable integer state, and makes reports of it (interface 5, decisions D2). One call
/// at a time; after an error or a cancellation only <see cref="Dispose"/> is legal.
/// </summary>
public sealed class IndicatorEngine : IAsyncDisposable, IDisposable
{
    private const int FilesAtOnce = 64;

    private readonly EngineContext _context;
    private readonly IReadOnlyList<IndicatorDefinition> _selected;
    private readonly List<InputTally> _inputs = [];
    private readonly Dictionary<string, InputTally> _fingerprints = [];
    private readonly Dictionary<Schema, InputReader> _added = new(ReferenceEqualityComparer.Instance);
    private readonly EngineState _state;
    private readonly RowStore? _rows;
    private readonly InputTally _memory = new() { Name = "(memory)" };
    private EngineWorker? _caller;
    private int _busy;
    private bool _isFaulted;
    private bool _isDisposed;

    /// <summary>Makes an engine for one query.</summary>
    /// <exception cref="ConfigurationException">The query contradicts itself or names something unknown.</exception>
    public IndicatorEngine(IndicatorQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Query = query;
        _selected = QueryCheck.Check(query, out var zone);
        var clock = new ReportingClock(zone);
        var budget = new MemoryBudget(query.MemoryBudget ?? MemoryBudget.DefaultLimit);
        var keys = new KeySpaces(budget);
        var levels = query.GroupBy.SelectMany(static level => level.Split(',')).ToHashSet();
        _context = new EngineContext
        {
            Query = query,
            Clock = clock,
            Keys = keys,
            Budget = budget,
            Registry = query.Registry is null ? null : new RegistryIndex(query.Registry, keys, clock),
            Needs = _selected.Aggregate(TableNeeds.None, static (needs, definition) => needs | definition.Needs),
            ByDevice = levels.Contains("device") || query.Where.Any(static pair => pair.Key == "device"),
            ByProduct = levels.Contains("product"),
            ByHour = query.Window == Window.Hour,
            Cuts = QueryCheck.Cuts(query, clock),
        };
        _state = new EngineState(budget);
        _rows = query.Dedup == DedupPolicy.Rows ? new RowStore(budget) : null;
    }

    /// <summary>The query.</summary>
    public IndicatorQuery Query { get; }

    /// <summary>Where progress is reported, from worker threads and after every batch; or null.</summary>
    public IProgress<EngineProgress>? Progress { get; set; }

    /// <summary>Bytes that state, keys and kept rows take now.</summary>
    public long MemoryUsed => _context.Budget.Used;

    /// <summary>Reads files with all workers: a path, a directory or a glob.</summary>
    /// <exception cref="IndicatorDataException">An input is faulty (always, or for framing and memory faults under <see cref="OnBad.Skip"/> never).</exception>
    /// <exception cref="IOException">An input cannot be read.</exception>
    public Task ReadAsync(string path, CancellationToken cancellationToken = default) => ReadAsync([path], cancellationToken);

    /// <summary>Reads files with all workers: paths, directories or globs, as one export.</summary>
    /// <exception cref="IndicatorDataException">An input is faulty.</exception>
    /// <exception cref="IOException">An input cannot be read.</exception>
    public async Task ReadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        using var call = Enter();
        await call.RunAsync(() => ReadFilesAsync(ExportFiles.Expand(paths), cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Reads a stream of Arrow IPC bytes with all workers; it is counted once even when it was read before.</summary>
    /// <param name="pipe">The bytes; completed when they end.</param>
    /// <param name="name">What errors and the manifest call the input.</param>
    /// <param name="cancellationToken">Stops the read; the engine is faulted then.</param>
    /// <exception cref="IndicatorDataException">The stream is faulty.</exception>
    public async Task ReadAsync(PipeReader pipe, string name = "-", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pipe);
        using var call = Enter();
        await call.RunAsync(() => ReadStreamAsync(pipe, name, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Reads a stream of Arrow IPC bytes with all workers.</summary>
    /// <exception cref="IndicatorDataException">The stream is faulty.</exception>
    public Task ReadAsync(PipeReader pipe, CancellationToken cancellationToken) => ReadAsync(pipe, "-", cancellationToken);

    /// <summary>Reads batches already in memory with all workers; every lease is disposed once it is read.</summary>
    /// <exception cref="IndicatorDataException">A batch is faulty.</exception>
    public async Task ReadAsync(IEnumerable<BatchLease> leases, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leases);
        using var call = Enter();
        await call.RunAsync(() => ReadLeasesAsync(leases, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Folds one batch on the caller's thread; the view may be given back when this returns.</summary>
    /// <exception cref="IndicatorDataException">The batch does not fit the query.</exception>
    public void Add(RecordBatch view)
    {
        using var call = Enter();
        try
        {
            NoteMemory();
            _caller ??= NewWorker();
            if (!_added.TryGetValue(view.Schema, out var reader))
            {
                reader = _caller.Reader(InputBinding.Create(_context, view.Schema, _memory.Name));
                _added.Add(view.Schema, reader);
            }

            reader.Read(view, _memory.Batches, _memory, CancellationToken.None);
            _memory.Batch(view.Length, 0);
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
        using var call = Enter();
        using var otherCall = other.Enter();
        other.FoldCaller();
        if (!QueryCheck.KeepsSameState(Query, other.Query))
        {
            throw new StateMismatchException("The states are of different queries", advice: "Merge only what one query has read.");
        }

        if (_rows is not null)
        {
            throw new StateMismatchException("Rows kept for --dedup rows cannot be merged across engines", advice: "Read the inputs with one engine.");
        }

        var shared = other._inputs.Where(input => input.Fingerprint is { } print && _fingerprints.ContainsKey(print)).ToList();
        var counted = other._inputs.Count(static input => input.ReplayOf is null && input.Fingerprint is not null);
        if (shared.Count > 0 && Query.Dedup != DedupPolicy.None)
        {
            if (shared.Count(static input => input.ReplayOf is null) == counted && other._memory.Rows == 0)
            {
                foreach (var input in shared)
                {
                    AddReplay(input, _fingerprints[input.Fingerprint!].Name);
                }

                return;
            }

            throw new StateMismatchException(
                $"The states share some inputs but not all: {string.Join(", ", shared.Select(static input => input.Name))}",
                advice: "Merge states of disjoint inputs, or leave out one that is covered already.");
        }

        _state.MergeFrom(other._state, new StateKeyMap(other._context.Keys, _context.Keys));

        foreach (var input in other._inputs)
        {
            _inputs.Add(input);
            if (input.Fingerprint is { } print)
            {
                _fingerprints.TryAdd(print, input);
            }
        }
    }

    /// <summary>Makes a report of what was read so far; consumes nothing and may be asked for as often as one likes.</summary>
    /// <exception cref="LimitExceededException">The memory budget does not hold it.</exception>
    public IndicatorReport Finish()
    {
        using var call = Enter();
        FoldCaller();
        var state = _state;
        if (_rows is { Count: > 0 })
        {
            // which rows count is known only now: fold them into a copy, so that more may be read later
            state = new EngineState(_context.Budget);
            state.MergeFrom(_state, new StateKeyMap());
            foreach (var input in _inputs)
            {
                input.Duplicates = 0;
            }

            var consumers = new Dictionary<InputBinding, IReadOnlyList<ITableConsumer>>();
            _rows.Fold(segment =>
            {
                if (!consumers.TryGetValue(segment.Binding, out var known))
                {
                    consumers.Add(segment.Binding, known = InputReader.Consumers(_context, segment.Binding, state));
                }

                return known;
            });
            _rows.CountDuplicates(_inputs);
        }

        try
        {
            return new ReportBuilder(_context, state, _selected, _inputs).Build();
        }
        finally
        {
            if (!ReferenceEquals(state, _state))
            {
                state.Clear();
            }
        }
    }

    /// <summary>The same as <see cref="Finish"/>: reports consume nothing.</summary>
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

    private EngineWorker NewWorker() => new(_context);

    private EngineCall Enter()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isFaulted)
        {
            throw new InvalidOperationException("An earlier call failed or was cancelled: only Dispose is legal.");
        }

        return Interlocked.Exchange(ref _busy, 1) == 0
            ? new EngineCall(() => Volatile.Write(ref _busy, 0), () => _isFaulted = true)
            : throw new InvalidOperationException("Another call is running: one at a time.");
    }

    private void NoteMemory()
    {
        if (!_inputs.Contains(_memory))
        {
            _memory.Ordinal = _inputs.Count;
            _inputs.Add(_memory);
        }
    }

    private void FoldCaller()
    {
        if (_caller is not null)
        {
            Fold(_caller);
            _caller.Dispose();
            _caller = null;
            _added.Clear();
        }
    }

    private void Fold(EngineWorker worker)
    {
        _state.MergeFrom(worker.State, new StateKeyMap());
        worker.State.Clear();
        if (worker.Rows is not null)
        {
            _rows!.MergeFrom(worker.Rows);
        }
    }

    private async Task ReadFilesAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var total = files.Sum(static file => new FileInfo(file).Length);
        var meter = new ProgressMeter(Progress, total);
        foreach (var group in files.Chunk(FilesAtOnce))
        {
            await ReadGroupAsync(group, meter, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReadGroupAsync(string[] paths, ProgressMeter meter, CancellationToken cancellationToken)
    {
        var opened = new List<OpenInput>();
        try
        {
            foreach (var path in paths)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var length = new FileInfo(path).Length;
                if (IsStream(path))
                {
                    var stream = File.OpenRead(path);
                    await using (stream.ConfigureAwait(false))
                    {
                        await ReadStreamAsync(PipeReader.Create(stream), path, cancellationToken).ConfigureAwait(false);
                    }

                    meter.Skip(length);
                }
                else if (Open(path) is { } input)
                {
                    opened.Add(input);
                }
                else
                {
                    meter.Skip(length);
                }
            }

            if (Query.OnBad == OnBad.Skip)
            {
                // an input is whole: each goes into a state of its own, merged when it was read to its end (decisions D8)
                foreach (var input in opened)
                {
                    await ReadTicketsAsync([input], meter, cancellationToken).ConfigureAwait(false);
                }
            }
            else
            {
                await ReadTicketsAsync(opened, meter, cancellationToken).ConfigureAwait(false);
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

    private static bool IsStream(string path)
    {
        using var handle = File.OpenHandle(path);
        Span<byte> head = stackalloc byte[IpcFormatDetection.HeadLength];
        var read = RandomAccess.Read(handle, head, 0);
        return IpcFormatDetection.Detect(head[..read]) == IpcContainer.Stream;
    }

    /// <summary>Opens, binds and fingerprints a file; null when it is a replay, or is skipped.</summary>
    private OpenInput? Open(string path)
    {
        var tally = new InputTally { Name = path, Bytes = new FileInfo(path).Length, Ordinal = _inputs.Count };
        IpcFileReader? reader = null;
        try
        {
            reader = IpcFileReader.Open(path);
            var binding = InputBinding.Create(_context, reader.Schema, path);
            tally.Tables = string.Join(',', binding.Feeds.Select(static table => table.Name));
            tally.Fingerprint = InputFingerprint.Of(reader, binding.Projection, path);
            if (Query.Dedup != DedupPolicy.None && _fingerprints.TryGetValue(tally.Fingerprint, out var first))
            {
                if (!File.Exists(first.Name) || InputFingerprint.SameContent(first.Name, path))
                {
                    for (var batch = 0; batch < reader.BatchCount; batch++)
                    {
                        tally.Batch(reader.BatchInfo(batch).Rows, 0);
                    }

                    AddReplay(tally, first.Name);
                    reader.Dispose();
                    return null;
                }

                tally.Fingerprint += $"-{_inputs.Count}";   // alike in every sampled block, yet not the same
            }

            _fingerprints.TryAdd(tally.Fingerprint, tally);
            _inputs.Add(tally);
            return new OpenInput(reader, binding, tally);
        }
        catch (IndicatorDataException fault) when (Query.OnBad == OnBad.Skip && fault is not LimitExceededException { IsMemoryBudget: true })
        {
            reader?.Dispose();
            SkipInput(tally, fault, tables: -1);
            _inputs.Add(tally);
            return null;
        }
        catch (IndicatorDataException fault)
        {
            reader?.Dispose();
            throw Located(fault, new DataLocation(File: path));
        }
        catch
        {
            reader?.Dispose();
            throw;
        }
    }

    private void AddReplay(InputTally input, string first)
    {
        input.ReplayOf = first;
        _inputs.Add(input);
    }

    private void SkipInput(InputTally tally, IndicatorDataException fault, long tables)
    {
        tally.Skip(-1, $"{tally.Name}: {fault.Message}");
        _state.TablesSkipped |= tables;
    }

    private static IndicatorDataException Located(IndicatorDataException fault, DataLocation location) => fault.At(location);

    private async Task ReadTicketsAsync(IReadOnlyList<OpenInput> inputs, ProgressMeter meter, CancellationToken cancellationToken)
    {
        var tickets = inputs.SelectMany(static (input, i) => Enumerable.Range(0, input.Reader.BatchCount).Select(batch => (Input: i, Batch: batch))).ToArray();
        var threads = Math.Min(Query.Threads ?? Environment.ProcessorCount, Math.Max(1, tickets.Length));
        var workers = Enumerable.Range(0, threads).Select(_ => NewWorker()).ToArray();
        var faults = new FaultList();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var next = -1;
            await Task.WhenAll(workers.Select(worker => Task.Factory.StartNew(
                () =>
                {
                    for (var ticket = Interlocked.Increment(ref next); ticket < tickets.Length; ticket = Interlocked.Increment(ref next))
                    {
                        if (faults.IsBefore(ticket))
                        {
                            return;
                        }

                        ReadTicket(worker, inputs[tickets[ticket].Input], tickets[ticket].Batch, ticket, faults, meter, stop.Token);
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var input in inputs)
            {
                try
                {
                    input.Reader.CheckUnchanged();
                }
                catch (Exception problem) when (problem is IndicatorDataException or IOException)
                {
                    faults.Note(tickets.Length, problem, new DataLocation(File: input.Tally.Name));
                }
            }

            if (faults.First is { } fault)
            {
                if (Query.OnBad == OnBad.Skip && inputs is [var only] && fault is IndicatorDataException data and not LimitExceededException { IsMemoryBudget: true })
                {
                    SkipInput(only.Tally, data, only.TableMask);
                    return;
                }

                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
            }

            foreach (var worker in workers)
            {
                Fold(worker);
            }
        }
        finally
        {
            foreach (var worker in workers)
            {
                worker.Dispose();
            }
        }
    }

    private void ReadTicket(
        EngineWorker worker, OpenInput input, int batch, int ticket, FaultList faults, ProgressMeter meter, CancellationToken cancellationToken)
    {
        var location = new DataLocation(File: input.Tally.Name, Table: input.Binding.Table.Name, Batch: batch);
        try
        {
            input.Reader.Read(batch, input.Binding.Projection, worker.Lease, cancellationToken);
            if (!TryDecode(worker, input, location, cancellationToken))
            {
                return;
            }

            worker.Reader(input.Binding).Read(worker.Lease.View(), batch, input.Tally, cancellationToken);
            input.Tally.Batch(worker.Lease.RowCount, worker.Lease.BytesRead);
            var info = input.Reader.BatchInfo(batch);
            meter.Batch(worker.Lease.RowCount, worker.Lease.BytesRead, info.MetadataLength + info.BodyLength);
        }
        catch (Exception fault)
        {
            faults.Note(ticket, fault, location);
        }
    }

    private bool TryDecode(EngineWorker worker, OpenInput input, in DataLocation location, CancellationToken cancellationToken)
    {
        try
        {
            worker.Lease.Decode(cancellationToken);
            return true;
        }
        catch (IndicatorDataException fault) when (Query.OnBad == OnBad.Skip)
        {
            input.Tally.Skip(location.Batch!.Value, fault.At(location).Message);
            worker.State.TablesSkipped |= input.TableMask;
            return false;
        }
    }

    private async Task ReadStreamAsync(PipeReader pipe, string name, CancellationToken cancellationToken)
    {
        var tally = new InputTally { Name = name, Ordinal = _inputs.Count, Bytes = name != "-" && File.Exists(name) ? new FileInfo(name).Length : 0 };
        using var read = new StreamRead(_context, Query.Threads ?? Environment.ProcessorCount, tally, new ProgressMeter(Progress, total: null));
        try
        {
            await read.RunAsync(pipe, cancellationToken).ConfigureAwait(false);
        }
        catch (IndicatorDataException fault) when (Query.OnBad == OnBad.Skip && fault is not LimitExceededException { IsMemoryBudget: true })
        {
            SkipInput(tally, fault, read.TableMask == 0 ? -1 : read.TableMask);
            _inputs.Add(tally);
            return;
        }
        catch (IndicatorDataException fault)
        {
            throw Located(fault, new DataLocation(File: name));
        }

        // a stream's fingerprint is known only at its end: its own state is merged or dropped now (decisions D5)
        if (Query.Dedup != DedupPolicy.None && _fingerprints.TryGetValue(tally.Fingerprint!, out var first))
        {
            AddReplay(tally, first.Name);
            return;
        }

        _fingerprints.TryAdd(tally.Fingerprint!, tally);
        _inputs.Add(tally);
        foreach (var worker in read.Workers)
        {
            Fold(worker);
        }
    }

    private async Task ReadLeasesAsync(IEnumerable<BatchLease> leases, CancellationToken cancellationToken)
    {
        NoteMemory();
        var workers = Enumerable.Range(0, Query.Threads ?? Environment.ProcessorCount).Select(_ => NewWorker()).ToArray();
        var faults = new FaultList();
        using var source = leases.GetEnumerator();
        var gate = new Lock();
        var taken = -1;
        var bindings = new Dictionary<Schema, InputBinding>(ReferenceEqualityComparer.Instance);
        try
        {
            await Task.WhenAll(workers.Select(worker => Task.Factory.StartNew(
                () =>
                {
                    while (!cancellationToken.IsCancellationRequested)
                    {
                        BatchLease lease;
                        InputBinding? binding;
                        int ticket;
                        lock (gate)
                        {
                            if (faults.First is not null || !source.MoveNext())
                            {
                                return;
                            }

                            lease = source.Current;
                            ticket = ++taken;
                        }

                        using (lease)
                        {
                            try
                            {
                                lock (gate)
                                {
                                    if (!bindings.TryGetValue(lease.Schema, out binding))
                                    {
                                        bindings.Add(lease.Schema, binding = InputBinding.Create(_context, lease.Schema, _memory.Name));
                                    }
                                }

                                try
                                {
                                    lease.Decode(cancellationToken);
                                }
                                catch (IndicatorDataException bad) when (Query.OnBad == OnBad.Skip)
                                {
                                    _memory.Skip(ticket, bad.At(new DataLocation(File: _memory.Name, Batch: ticket)).Message);
                                    worker.State.TablesSkipped |= binding.Feeds.Aggregate(
                                        0L, static (mask, table) => mask | (1L << TableConsumer.IndexOf(table.Name)));
                                    continue;
                                }

                                worker.Reader(binding).Read(lease.View(), ticket, _memory, cancellationToken);
                                _memory.Batch(lease.RowCount, lease.BytesRead);
                            }
                            catch (Exception problem)
                            {
                                faults.Note(ticket, problem, new DataLocation(File: _memory.Name, Batch: ticket));
                            }
                        }
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (faults.First is { } fault)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
            }

            foreach (var worker in workers)
            {
                Fold(worker);
            }
        }
        finally
        {
            foreach (var worker in workers)
            {
                worker.Dispose();
            }
        }
    }
}
