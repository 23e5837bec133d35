using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.UserDefined;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.State;

/// <summary>Numbers of one engine's key tables as another's; empty arrays = the same numbers.</summary>
internal readonly struct StateKeyMap : IKeyMap<PaneKey>, IKeyMap<GridKey>, IKeyMap<ConnectivityKey>, IKeyMap<ProductionKey>,
    IKeyMap<CostKey>, IKeyMap<QuarantineKey>, IKeyMap<PlaceQuarantineKey>, IKeyMap<QuantileKey>, IKeyMap<TimedValueKey>,
    IKeyMap<PointKey>, IKeyMap<SessionKey>, IKeyMap<DeadlineKey>, IKeyMap<ArrivalKey>
{
    private static readonly int s_connectivity = TableCatalog.IndexOf("connectivity");

    private readonly int[] _lines;
    private readonly int[] _factories;
    private readonly int[] _workshops;
    private readonly int[] _products;
    private readonly int[] _units;
    private readonly int[] _elements;
    private readonly int[] _others;

    /// <summary>The same numbers: states of one engine.</summary>
    public StateKeyMap()
    {
        Devices = [];
        _lines = [];
        _factories = [];
        _workshops = [];
        _products = [];
        _units = [];
        _elements = [];
        _others = [];
    }

    /// <summary>From the numbers of <paramref name="from"/> to those of <paramref name="to"/>, new keys entered.</summary>
    public StateKeyMap(KeySpaces from, KeySpaces to)
    {
        Devices = to.Devices.Take(from.Devices);
        _lines = to.Lines.Take(from.Lines);
        _factories = to.Factories.Take(from.Factories);
        _workshops = to.Workshops.Take(from.Workshops);
        _products = to.Products.Take(from.Products);
        _units = to.Units.Take(from.Units);
        _elements = to.Elements.Take(from.Elements);
        _others = to.Others.Take(from.Others);
    }

    /// <summary>Device numbers.</summary>
    public int[] Devices { get; }

    /// <inheritdoc/>
    public PaneKey Map(in PaneKey key) => new(Map(key.Leaf), key.Pane);

    /// <inheritdoc/>
    public GridKey Map(in GridKey key) => key with { Leaf = Map(key.Leaf) };

    /// <summary>Cohorts are the registry's, and states merge only under one registry.</summary>
    public ConnectivityKey Map(in ConnectivityKey key) => key with { Device = One(Devices, key.Device) };

    /// <inheritdoc/>
    public ProductionKey Map(in ProductionKey key) => new(Map(key.Leaf), One(_units, key.Unit), key.Pane);

    /// <inheritdoc/>
    public CostKey Map(in CostKey key) => key with { Leaf = Map(key.Leaf), Element = One(_elements, key.Element) };

    /// <inheritdoc/>
    public TimedValueKey Map(in TimedValueKey key) => new(Map(key.Leaf), One(_elements, key.Object), key.Pane);

    /// <inheritdoc/>
    public QuantileKey Map(in QuantileKey key) => key with { Place = Map(key.Place) };

    /// <inheritdoc/>
    public PointKey Map(in PointKey key) => new(
        key.Kind, Map(key.Leaf), One(Devices, key.Device), One(_others, key.Stream), One(_others, key.Counter), One(_others, key.Direction));

    /// <inheritdoc/>
    public SessionKey Map(in SessionKey key) =>
        key with { Leaf = Map(key.Leaf), Device = One(Devices, key.Device), Session = One(_others, key.Session) };

    /// <inheritdoc/>
    public DeadlineKey Map(in DeadlineKey key) => key with { Place = Map(key.Place) };

    /// <inheritdoc/>
    public ArrivalKey Map(in ArrivalKey key) => key with { Place = Map(key.Place) };

    /// <inheritdoc/>
    public QuarantineKey Map(in QuarantineKey key)
    {
        var place = Map(key.Table == s_connectivity ? key.Place with { Leaf = key.Place.Leaf with { Line = -1 } } : key.Place);

        // in connectivity a cohort stands in for the line (ConnectivityConsumer), and cohorts are the registry's
        return key with { Place = key.Table == s_connectivity ? place with { Leaf = place.Leaf with { Line = key.Place.Leaf.Line } } : place };
    }

    /// <summary>The numbers of a key column; empty = the same.</summary>
    public int[] Of(UserColumn column) => column.ScopeLane switch
    {
        Lane.Device => Devices,
        Lane.Line => _lines,
        Lane.Factory => _factories,
        Lane.Workshop => _workshops,
        Lane.Product => _products,
        _ => _others,
    };

    /// <summary>A leaf in the numbers of the receiving side.</summary>
    public Leaf Map(Leaf leaf) => new(
        One(_factories, leaf.Factory), One(_workshops, leaf.Workshop), One(_lines, leaf.Line), One(Devices, leaf.Device), One(_products, leaf.Product));

    /// <inheritdoc/>
    public PlaceQuarantineKey Map(in PlaceQuarantineKey key) => key with { Place = Map(key.Place) };

    private static int One(int[] map, int number) => number < 0 || map.Length == 0 ? number : map[number];
}
