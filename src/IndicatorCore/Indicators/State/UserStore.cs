using System.Runtime.CompilerServices;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// The state of one plan by (leaf, pane): a slot has rows and times, a record of longs, key sets and
/// values. Counts and sums add, extremes take the greater, sets unite: merging is commutative and associative.
/// </summary>
internal sealed class UserStore
{
    private const int SlotsAtOnce = 64;

    private readonly MemoryBudget _budget;
    private readonly bool _bucketed;
    private UserContents _contents;

    /// <summary>An empty store.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="budget">The memory budget.</param>
    /// <param name="bucketed">Whether values of quantiles go to buckets from the start.</param>
    public UserStore(UserPlan plan, MemoryBudget budget, bool bucketed)
    {
        Plan = plan;
        _budget = budget;
        _bucketed = bucketed;
        Budget = new SampleBudget(budget, "the values of quantiles by scope and pane");
        _contents = new UserContents(plan, budget);
    }

    /// <summary>The plan.</summary>
    public UserPlan Plan { get; }

    /// <summary>What the values of quantiles are charged to.</summary>
    public SampleBudget Budget { get; }

    /// <summary>The columns of the plan that any input had.</summary>
    public bool[] Seen { get; private set; } = [];

    /// <summary>How many slots there are.</summary>
    public int Count => _contents.Places.Count;

    /// <summary>Bytes that a slot of a plan takes at least: members of sets and values come on top.</summary>
    public static int BytesPerSlot(UserPlan plan) =>
        SlotStore<PaneKey, RowEvidenceCell>.BytesPerSlot + (plan.KeptLength * sizeof(long)) + UserContents.BytesBesideRecord(plan);

    /// <summary>The places by slot.</summary>
    public PagedList<PaneKey> Places => _contents.Places.Keys;

    /// <summary>Quarantined rows.</summary>
    public SlotStore<PlaceQuarantineKey, CountCell> Quarantined => _contents.Quarantined;

    /// <summary>Notes that an input has a column.</summary>
    public void See(int column)
    {
        if (Seen.Length == 0)
        {
            Seen = new bool[Plan.Columns.Length];
        }

        Seen[column] = true;
    }

    /// <summary>Whether any input had a column.</summary>
    public bool Has(int column) => Seen.Length > 0 && Seen[column];

    /// <summary>The slot of a place, made now if it is new.</summary>
    public int Slot(in PaneKey place)
    {
        var slot = _contents.Places.Slot(place);
        if (slot == _contents.Records.Count)
        {
            _contents.Extend(place);
        }

        return slot;
    }

    /// <summary>A slot's rows and times.</summary>
    public ref RowEvidence Rows(int slot) => ref _contents.Places.At(slot).Rows;

    /// <summary>A slot's record as it is kept (<see cref="UserPlan.KeptLength"/>); valid until the next new slot.</summary>
    public Span<long> Record(int slot) => _contents.Records[slot];

    /// <summary>A slot's MISSING and INVALID values of each class, made now where it has none; valid until the next is made.</summary>
    public Span<long> Classes(int slot)
    {
        while (_contents.Classes.Count <= slot)
        {
            _contents.Classes.Add();
        }

        return _contents.Classes[slot];
    }

    /// <summary>A slot's record as the plan lays it out.</summary>
    public void CopyRecord(int slot, Span<long> record)
    {
        var kept = Record(slot);
        var counts = Plan.Counts.Length;
        kept[..counts].CopyTo(record);
        kept[counts..].CopyTo(record[Plan.ExtremesAt..]);
        KnownClasses(slot, record[Plan.ClassesAt..Plan.ExtremesAt]);
    }

    /// <summary>Adds a record as the plan lays it out to a slot's.</summary>
    public void Add(int slot, ReadOnlySpan<long> record)
    {
        var (extremes, sums) = (Plan.KeptExtremesAt, Plan.KeptSumsAt);
        var mine = Record(slot);
        UserRecord.AddCounts(mine[..extremes], record);
        UserRecord.Raise(mine[extremes..sums], record[Plan.ExtremesAt..]);
        UserRecord.AddSums(mine[sums..], record[Plan.SumsAt..]);
        var classes = record[Plan.ClassesAt..Plan.ExtremesAt];
        if (classes.ContainsAnyExcept(0))
        {
            UserRecord.AddCounts(Classes(slot), classes);
        }
    }

    /// <summary>Adds a slot's record to one as the plan lays it out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTo(int slot, Span<long> record)
    {
        var (extremes, sums) = (Plan.KeptExtremesAt, Plan.KeptSumsAt);
        var mine = Record(slot);
        UserRecord.AddCounts(record[..extremes], mine);
        UserRecord.Raise(record[Plan.ExtremesAt..Plan.SumsAt], mine[extremes..]);
        UserRecord.AddSums(record[Plan.SumsAt..Plan.RecordLength], mine[sums..]);
        if (slot < _contents.Classes.Count)
        {
            UserRecord.AddCounts(record[Plan.ClassesAt..Plan.ExtremesAt], _contents.Classes[slot]);
        }
    }

    /// <summary>Puts a key into a set.</summary>
    public void AddKey(int slot, int distinct, int key) => _contents.Keys[distinct].Add(_contents.LeafOf[slot], _contents.PaneOf[slot], key);

    /// <summary>The numbers of a place's leaf and pane in sets of keys, given out now where they are new.</summary>
    public (int Leaf, int Pane) ScopeOf(in PaneKey place) => _contents.ScopeOf(place);

    /// <summary>Puts a key into the set of a scope.</summary>
    public void AddKey(int distinct, int leaf, int pane, int key) => _contents.Keys[distinct].Add(leaf, pane, key);

    /// <summary>Puts the keys of some rows into the set of a scope.</summary>
    public void AddKeys(int distinct, int leaf, int pane, ReadOnlySpan<int> keys, ReadOnlySpan<ulong> rows, int from, int to) =>
        _contents.Keys[distinct].Add(leaf, pane, keys, rows, from, to);

    /// <summary>Puts the keys of some rows into the sets of their scopes.</summary>
    /// <param name="distinct">Which sets.</param>
    /// <param name="scopes">The numbers of leaf and pane by place.</param>
    /// <param name="places">A place a row.</param>
    /// <param name="keys">A key a row.</param>
    /// <param name="rows">The rows, a bit each.</param>
    public void AddKeys(int distinct, ReadOnlySpan<(int Leaf, int Pane)> scopes, ReadOnlySpan<int> places, ReadOnlySpan<int> keys, ReadOnlySpan<ulong> rows) =>
        _contents.Keys[distinct].Add(scopes, places, keys, rows);

    /// <summary>Adds the values of a quantile that a worker has for a place.</summary>
    public void AddValues(int slot, int quantile, ValueCells cells, int place)
    {
        if (cells.HasAny(place))
        {
            Sample(slot, quantile).Add(cells, place, _contents.Slab);
        }
    }

    /// <summary>Adds the values of a quantile.</summary>
    public void AddValues(int slot, int quantile, ValueSample values) => Sample(slot, quantile).MergeFrom(values);

    /// <summary>The values of a quantile, or null without any.</summary>
    public ValueSample? Values(int slot, int quantile) => _contents.Samples[(slot * Plan.Quantiles.Length) + quantile];

    /// <summary>An empty sample of the same kind as those kept, to be cleared when done with.</summary>
    public ValueSample NewSample() => new(Budget, _bucketed);

    /// <summary>How many leaves are numbered for sets of keys.</summary>
    public int LeafCount => _contents.Leaves.Count;

    /// <summary>A leaf by its number among them.</summary>
    public Leaf LeafAt(int number) => _contents.Leaves.Keys[number];

    /// <summary>The panes with data, each with the members of a set in it by leaf, as <see cref="LeafAt"/> numbers it.</summary>
    public IEnumerable<(int Pane, IEnumerable<(int Leaf, int Key)> Members)> KeysByPane(int distinct)
    {
        foreach (var (pane, number) in _contents.PaneNumbers)
        {
            yield return (pane, _contents.Keys[distinct].Members(number));
        }
    }

    /// <summary>Adds another store, its numbers translated first.</summary>
    public void MergeFrom(UserStore other, StateKeyMap map) => Add(other, map, isTaken: false);

    private void Add(UserStore other, StateKeyMap map, bool isTaken)
    {
        Span<int> slots = stackalloc int[SlotsAtOnce];
        for (var from = 0; from < other.Count; from += SlotsAtOnce)
        {
            AddSlots(other, map, from, slots[..Math.Min(SlotsAtOnce, other.Count - from)], isTaken);
        }

        if (isTaken)
        {
            _contents.AddKeys(other._contents);
        }

        for (var i = 0; i < Plan.Distincts.Length && !isTaken; i++)
        {
            var keys = map.Of(Plan.Columns[Plan.Distincts[i].Column]);
            foreach (var (pane, members) in other.KeysByPane(i))
            {
                foreach (var (leaf, key) in members)
                {
                    AddKey(Slot(new PaneKey(map.Map(other.LeafAt(leaf)), pane)), i, keys.Length == 0 ? key : keys[key]);
                }
            }
        }

        for (var column = 0; column < other.Seen.Length; column++)
        {
            if (other.Seen[column])
            {
                See(column);
            }
        }

        Quarantined.MergeFrom(other.Quarantined, map);
    }

    /// <summary>Takes over another store of the same engine, which is empty afterwards: the larger of the two is kept as it is.</summary>
    public void TakeFrom(UserStore other)
    {
        if (other.Count > Count)
        {
            (_contents, other._contents) = (other._contents, _contents);
        }

        Add(other, new StateKeyMap(), isTaken: true);
        other.Clear();
    }

    /// <summary>Gives the memory back; the store is empty afterwards.</summary>
    public void Clear()
    {
        _contents.Clear();
        _contents = new UserContents(Plan, _budget);
    }

    // the slots are found first, so that the records of several are fetched at a time
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddSlots(UserStore stored, StateKeyMap map, int from, Span<int> slots, bool isTaken)
    {
        var theirs = stored._contents;
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = Slot(map.Map(theirs.Places.Keys[from + i]));
        }

        for (var i = 0; i < slots.Length; i++)
        {
            var mine = slots[i];
            Rows(mine).Merge(theirs.Places.Cells[from + i].Rows);
            var (extremes, sums) = (Plan.KeptExtremesAt, Plan.KeptSumsAt);
            var record = Record(mine);
            var other = theirs.Records[from + i];
            UserRecord.AddCounts(record[..extremes], other);
            UserRecord.Raise(record[extremes..sums], other[extremes..]);
            UserRecord.AddSums(record[sums..], other[sums..]);
            if (from + i < theirs.Classes.Count && theirs.Classes[from + i].ContainsAnyExcept(0))
            {
                UserRecord.AddCounts(Classes(mine), theirs.Classes[from + i]);
            }

            for (var item = 0; item < Plan.Quantiles.Length; item++)
            {
                if (isTaken)
                {
                    _contents.Take((mine * Plan.Quantiles.Length) + item, theirs, ((from + i) * Plan.Quantiles.Length) + item);
                }
                else if (stored.Values(from + i, item) is { } values)
                {
                    AddValues(mine, item, values);
                }
            }
        }
    }

    private void KnownClasses(int slot, Span<long> classes)
    {
        if (slot < _contents.Classes.Count)
        {
            _contents.Classes[slot].CopyTo(classes);
        }
        else
        {
            classes.Clear();
        }
    }

    private ValueSample Sample(int slot, int quantile) => _contents.Sample(slot, quantile, Budget, _bucketed);
}
