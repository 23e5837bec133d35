using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// Which slots a query's state will have, as far as samples of its inputs tell: what samples have, the whole has too. The slots of any number
/// of sample states are counted once each.
/// </summary>
internal sealed class SlotCensus
{
    private readonly EngineContext _context;
    private readonly StoreCensus _radio;
    private readonly StoreCensus _grid;
    private readonly StoreCensus _connectivity = Of<ConnectivityKey, ConnectivityCell>();
    private readonly StoreCensus _production = Of<ProductionKey, ProductionSums>();
    private readonly StoreCensus _cost = Of<CostKey, CostSums>();
    private readonly StoreCensus _energy = Of<PaneKey, EnergySums>();
    private readonly StoreCensus _probe;
    private readonly StoreCensus _values;
    private readonly StoreCensus[] _user;
    private readonly StoreCensus[] _all;
    private readonly DistinctCount _leaves = new();
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    /// <summary>A census of nothing yet.</summary>
    public SlotCensus(EngineContext context)
    {
        _context = context;
        _radio = Of<PaneKey, RadioCell>(context.KeepsSpans);
        _grid = Of<GridKey, CoverageCounts>(context.KeepsSpans, isUnbounded: true);
        _probe = Of<PaneKey, ProbeCell>(context.KeepsSpans);
        _values = Of<QuantileKey, QuantileCell>(context.KeepsSpans, beside: QuantileStore.SampleBytes);
        _user = [.. context.UserPlans.Select(static plan => new StoreCensus { BytesPerSlot = UserStore.BytesPerSlot(plan) })];
        _all = [_radio, _grid, _connectivity, _production, _cost, _energy, _probe, _values, .. _user];
    }

    /// <summary>Bytes that the state would take if every row made a slot in each store that it feeds.</summary>
    public Int128 BytesByRows
    {
        get
        {
            Int128 bytes = 0;
            foreach (var store in _all)
            {
                bytes += (Int128)store.Rows * store.BytesPerSlot;
            }

            return bytes;
        }
    }

    /// <summary>How many leaves the samples and the registry have.</summary>
    public long Leaves => Math.Max(
        _leaves.AtLeast,
        _context.Registry is not { } registry ? 0 : _context.ByDevice ? registry.Registry.Devices.Count : registry.Registry.Lines.Count);

    /// <summary>How many days, or hours, lie between the first and the last event of the samples.</summary>
    public long Panes => _first > _last ? 0 : ((_last - _first) / Grain) + 1;

    /// <summary>Slots that the samples have.</summary>
    public long Slots => _all.Sum(static store => store.Keys.AtLeast);

    /// <summary>Bytes that these take at least.</summary>
    public long Bytes => _all.Sum(static store => store.Keys.AtLeast * store.BytesPerSlot);

    /// <summary>Slots and bytes of the whole if every leaf has rows in every pane, or as many as there are rows.</summary>
    public (Int128 Slots, Int128 Bytes) IfDense
    {
        get
        {
            var (leaves, panes) = ((Int128)Leaves, Panes);
            Int128 slots = 0, bytes = 0;
            foreach (var store in _all)
            {
                var seen = store.Keys.AtLeast;
                var most = store.IsUnbounded || seen == 0 ? seen : Int128.Max(seen, Int128.Min(store.Rows, leaves * (store.IsBySpan ? 1 : panes)));
                slots += most;
                bytes += most * store.BytesPerSlot;
            }

            return (slots, bytes);
        }
    }

    private long Grain => ReportingClock.Day / _context.PanesPerDay;

    /// <summary>Notes how many rows an input has.</summary>
    public void Declare(InputBinding binding, long rows)
    {
        var needs = _context.Needs;
        foreach (var table in binding.Feeds)
        {
            switch (table.Name)
            {
                case "connectivity" when needs.HasFlag(TableNeeds.Connectivity):
                    _connectivity.Rows += rows;
                    break;
                case "radio" when needs.HasFlag(TableNeeds.Radio):
                    _radio.Rows += rows;
                    _grid.Rows += needs.HasFlag(TableNeeds.Grid) ? rows : 0;
                    break;
                case "probe" when needs.HasFlag(TableNeeds.Probe):
                    _probe.Rows += rows;
                    _values.Rows += rows;
                    break;
                case "production" when needs.HasFlag(TableNeeds.Production):
                    _production.Rows += rows;
                    break;
                case "cost" when needs.HasFlag(TableNeeds.Cost):
                    _cost.Rows += rows;
                    break;
                case "energy" when needs.HasFlag(TableNeeds.Energy):
                    _energy.Rows += rows;
                    break;
                default:
                    break;
            }
        }

        foreach (var plan in binding.UserPlans)
        {
            _user[plan.Number].Rows += rows;
        }
    }

    /// <summary>Counts the slots of a sample's state.</summary>
    public void Add(EngineState state)
    {
        _first = Math.Min(_first, state.FirstEvent);
        _last = Math.Max(_last, state.LastEvent);
        Add(_radio, state.Radio.Keys, static key => key.Leaf);
        Add(_grid, state.Grid.Keys, static key => key.Leaf);
        Add(_connectivity, state.Connectivity.Keys, static _ => Leaf.None);
        Add(_production, state.Production.Keys, static key => key.Leaf);
        Add(_cost, state.Cost.Keys, static key => key.Leaf);
        Add(_energy, state.Energy.Keys, static key => key.Leaf);
        Add(_probe, state.Probe.Keys, static key => key.Leaf);
        Add(_values, state.Values.Keys, key => _context.ByDevice ? key.Place.Leaf : key.Place.Leaf with { Device = -1 });
        for (var i = 0; i < _user.Length; i++)
        {
            Add(_user[i], state.User[i].Places, static key => key.Leaf);
        }
    }

    private void Add<TKey>(StoreCensus store, PagedList<TKey> keys, Func<TKey, Leaf> leafOf)
        where TKey : struct
    {
        for (var slot = 0; slot < keys.Count; slot++)
        {
            ref var key = ref keys[slot];
            store.Keys.Add(key.GetHashCode());
            _leaves.Add(leafOf(key).GetHashCode());
        }
    }

    private static StoreCensus Of<TKey, TCell>(bool isBySpan = false, bool isUnbounded = false, int beside = 0)
        where TKey : struct, IEquatable<TKey>
        where TCell : struct, IMergeable<TCell> =>
        new() { BytesPerSlot = SlotStore<TKey, TCell>.BytesPerSlot + beside, IsBySpan = isBySpan, IsUnbounded = isUnbounded };
}
