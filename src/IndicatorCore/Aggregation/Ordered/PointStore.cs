using IndicatorCore.Spilling;

namespace IndicatorCore.Aggregation.Ordered;

/// <summary>
/// Sets of points by what they are of. Merging is union, so no order of arrival shows (decisions D4). What is over the store's share of the memory
/// budget goes to disk, set by set in the order of their keys, and each set is put together again when it is asked for.
/// </summary>
internal sealed class PointStore
{
    private const int SetBytes = 160;   // an empty set, about
    private const int MostRuns = 32;
    private const string Blocks = "the blocks of spilled points that are merged";

    private readonly MemoryBudget _whole;
    private readonly MemoryBudget _budget;
    private readonly SlotStore<PointKey, PointCell> _slots;
    private readonly SpillSpace? _spill;
    private readonly IComparer<PointKey> _order;
    private readonly List<PointRun> _runs = [];
    private long _reserved;

    /// <summary>Makes the store.</summary>
    /// <param name="budget">What the memory is taken from.</param>
    /// <param name="order">An order of keys by what they name, devices first.</param>
    /// <param name="spill">Where points go that the budget does not hold; null = nowhere.</param>
    public PointStore(MemoryBudget budget, IComparer<PointKey>? order = null, SpillSpace? spill = null)
    {
        (_whole, _spill) = (budget, order is null ? null : spill);
        _order = order ?? Comparer<PointKey>.Create(static (left, right) => left.Device.CompareTo(right.Device));
        _budget = new MemoryBudget(long.MaxValue, budget);
        _slots = new SlotStore<PointKey, PointCell>(_budget, PointSet.What);
        Most = budget.Limit / 8 * 3;
    }

    /// <summary>The most bytes that stay in memory: the store's share.</summary>
    public long Most { get; set; }

    /// <summary>Whether points are on disk: then <see cref="Slots"/> are not all.</summary>
    public bool IsSpilled => _runs.Count > 0;

    /// <summary>The files of points on disk.</summary>
    public IEnumerable<SpillFile> Files => _runs.Select(static run => run.File);

    /// <summary>The slots in memory, for those that list them.</summary>
    public SlotStore<PointKey, PointCell> Slots => _slots;

    /// <summary>The points of a key, made now if it is new.</summary>
    public PointSet this[in PointKey key] => Of(ref _slots[key], key.Kind);

    /// <summary>An empty set, to be cleared when done with.</summary>
    public PointSet NewSet(PointKind kind) => new(kind, _budget);

    /// <summary>
    /// The sets of a kind with what they are of, in no order that means anything. Where points are on disk, a set may be used until the
    /// next one is asked for.
    /// </summary>
    /// <exception cref="Errors.LimitExceededException">The budget does not hold one set.</exception>
    /// <exception cref="Errors.SpillException">Points cannot be read back.</exception>
    public IEnumerable<(PointKey Key, PointSet Points)> Of(PointKind kind) => IsSpilled ? Transient(kind) : InMemory(kind);

    /// <summary>The sets of a kind by device; where points are on disk, those of a device may be used until the next device is asked for.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="apart">Whether sets of no device come one by one: nothing says that they belong together.</param>
    /// <exception cref="Errors.LimitExceededException">The budget does not hold the sets of one device.</exception>
    /// <exception cref="Errors.SpillException">Points cannot be read back.</exception>
    public IEnumerable<(int Device, List<(PointKey Key, PointSet Points)> Sets)> ByDevice(PointKind kind, bool apart = false)
    {
        if (!IsSpilled)
        {
            if (_slots.Count == 0)
            {
                yield break;   // grouping nothing would be compiled at every start
            }

            foreach (var device in InMemory(kind).GroupBy(static set => set.Key.Device).OrderBy(static device => device.Key))
            {
                foreach (var sets in apart && device.Key < 0 ? device.Select(static set => new List<(PointKey, PointSet)> { set }) : [[.. device]])
                {
                    yield return (device.Key, sets);
                }
            }

            yield break;
        }

        var collected = new List<(PointKey Key, PointSet Points)>();
        try
        {
            var at = int.MinValue;
            foreach (var (key, points) in Merged(kind))
            {
                if ((key.Device != at || (apart && at < 0)) && collected.Count > 0)
                {
                    yield return (at, collected);
                    Drop(collected);
                }

                at = key.Device;
                collected.Add((key, points));
            }

            if (collected.Count > 0)
            {
                yield return (at, collected);
            }
        }
        finally
        {
            Drop(collected);
        }
    }

    /// <summary>The keys of a kind, in memory and on disk; some may come more than once.</summary>
    /// <exception cref="Errors.SpillException">Points cannot be read back.</exception>
    public IEnumerable<PointKey> Keys(PointKind kind)
    {
        foreach (var (key, _) in InMemory(kind))
        {
            yield return key;
        }

        foreach (var run in _runs)
        {
            var cursor = new PointCursor(run, kind);
            while (cursor.TryNext())
            {
                yield return cursor.Key;
            }
        }
    }

    /// <summary>Sends points to disk when they take more memory than is theirs; to be asked between chunks of rows.</summary>
    /// <exception cref="Errors.SpillException">The disk does not take them.</exception>
    public void Fit()
    {
        var used = _budget.Used;
        if (_spill is not null && (used > Most || (used > Most / 8 && _whole.Used > _whole.Limit / 8 * 7)))
        {
            Spill(_spill);
        }
    }

    /// <summary>Takes over another store of the same budget and numbers, which is empty afterwards.</summary>
    /// <exception cref="Errors.SpillException">The disk does not take what the budget does not hold.</exception>
    public void TakeFrom(PointStore other)
    {
        for (var slot = 0; slot < other._slots.Count; slot++)
        {
            if (other._slots.At(slot).Points is { } points)
            {
                this[other._slots.Keys[slot]].TakeFrom(points);
            }
        }

        _runs.AddRange(other._runs);
        other._runs.Clear();
        other.Clear();
        Fit();
        Compact();
    }

    /// <summary>Merges another store, its keys translated first.</summary>
    /// <exception cref="Errors.SpillException">Points cannot be read back, or the disk does not take what the budget does not hold.</exception>
    public void MergeFrom<TMap>(PointStore other, TMap map)
        where TMap : struct, IKeyMap<PointKey>
    {
        foreach (var kind in Enum.GetValues<PointKind>())
        {
            foreach (var (key, points) in other.Of(kind))
            {
                this[map.Map(key)].MergeFrom(points);
                Fit();
            }
        }
    }

    /// <summary>Gives memory and disk back; the store is empty afterwards.</summary>
    public void Clear()
    {
        ClearSlots();
        _runs.ForEach(static run => run.File.Dispose());
        _runs.Clear();
    }

    private static void Drop(List<(PointKey Key, PointSet Points)> sets)
    {
        sets.ForEach(static set => set.Points.Clear());
        sets.Clear();
    }

    private IEnumerable<(PointKey Key, PointSet Points)> InMemory(PointKind kind)
    {
        for (var slot = 0; slot < _slots.Count; slot++)
        {
            if (_slots.Keys[slot].Kind == kind && _slots.Cells[slot].Points is { } points)
            {
                yield return (_slots.Keys[slot], points);
            }
        }
    }

    private IEnumerable<(PointKey Key, PointSet Points)> Transient(PointKind kind)
    {
        PointSet? last = null;
        try
        {
            foreach (var (key, points) in Merged(kind))
            {
                last = points;
                yield return (key, points);
                last.Clear();
            }
        }
        finally
        {
            last?.Clear();
        }
    }

    /// <summary>Each key once and in their order with all its points, in sets that the caller clears.</summary>
    /// <exception cref="Errors.LimitExceededException">The budget does not hold one set.</exception>
    /// <exception cref="Errors.SpillException">Points cannot be read back.</exception>
    public IEnumerable<(PointKey Key, PointSet Points)> Merged(PointKind kind)
    {
        var blocks = (long)_runs.Count * SpillBlock.Bytes;
        _budget.Reserve(blocks, Blocks);
        try
        {
            var cursors = _runs.ConvertAll(run => new PointCursor(run, kind));
            cursors.Add(new PointCursor(InOrder(kind)));
            cursors.RemoveAll(static cursor => !cursor.TryNext());
            while (cursors.Count > 0)
            {
                var key = cursors[0].Key;
                foreach (var cursor in cursors)
                {
                    key = _order.Compare(cursor.Key, key) < 0 ? cursor.Key : key;
                }

                var points = Collect(cursors, key);
                cursors.RemoveAll(cursor => cursor.Key == key && !cursor.TryNext());
                yield return (key, points);
            }
        }
        finally
        {
            _budget.Release(blocks);
        }
    }

    private PointSet Collect(List<PointCursor> cursors, PointKey key)
    {
        var points = NewSet(key.Kind);
        try
        {
            foreach (var cursor in cursors)
            {
                if (cursor.Key == key)
                {
                    cursor.AddTo(points, this);
                }
            }

            return points;
        }
        catch
        {
            points.Clear();
            throw;
        }
    }

    private List<(PointKey Key, PointSet Points)> InOrder(PointKind kind)
    {
        var sets = InMemory(kind).ToList();
        sets.Sort((left, right) => _order.Compare(left.Key, right.Key));
        return sets;
    }

    private void Spill(SpillSpace space)
    {
        _runs.Add(Write(space, InOrder, isTransient: false));
        ClearSlots();
        Compact();
    }

    // many runs become one, so that few files are open and few are merged
    private void Compact()
    {
        if (_spill is null || _runs.Count <= Math.Clamp(Most / (8 * SpillBlock.Bytes), 2, MostRuns))
        {
            return;
        }

        var merged = Write(_spill, Merged, isTransient: true);
        ClearSlots();
        _runs.ForEach(static run => run.File.Dispose());
        _runs.Clear();
        _runs.Add(merged);
    }

    private static PointRun Write(SpillSpace space, Func<PointKind, IEnumerable<(PointKey Key, PointSet Points)>> sets, bool isTransient)
    {
        var file = space.Create();
        try
        {
            var kinds = Enum.GetValues<PointKind>();
            var ends = new long[kinds.Length];
            var writer = new SpillWriter(file);
            foreach (var kind in kinds)
            {
                foreach (var (key, points) in sets(kind))
                {
                    space.Cancellation.ThrowIfCancellationRequested();
                    PointCursor.Write(writer, key, points);
                    if (isTransient)
                    {
                        points.Clear();
                    }
                }

                writer.Flush();
                ends[(int)kind] = file.Length;
            }

            return new PointRun(file, ends);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private void ClearSlots()
    {
        for (var slot = 0; slot < _slots.Count; slot++)
        {
            _slots.At(slot).Points?.Clear();
        }

        _slots.Clear();
        _budget.Release(_reserved);
        _reserved = 0;
    }

    private PointSet Of(ref PointCell cell, PointKind kind)
    {
        if (cell.Points is null)
        {
            _budget.Reserve(SetBytes, PointSet.What);
            _reserved += SetBytes;
            cell.Points = new PointSet(kind, _budget);
        }

        return cell.Points;
    }
}
