using IndicatorCore.Aggregation;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Reporting;

/// <summary>One level of grouping: from leaves and local days to groups. A leaf may be in several groups (parks, zones, operators).</summary>
internal sealed class GroupLevel
{
    private readonly EngineContext _context;
    private readonly string[] _keys;
    private readonly ShiftTrack? _shift;
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<string?[]> _groups = [];
    private readonly List<IReadOnlyList<KeyValuePair<string, string?>>?> _shown = [];
    private readonly Dictionary<(Leaf Leaf, int Epoch), int[]> _known = [];

    /// <summary>Makes a level.</summary>
    /// <param name="context">The engine's.</param>
    /// <param name="ordinal">Its place among the levels.</param>
    /// <param name="keys">Its keys; empty = one group over everything.</param>
    /// <param name="shift">The shift whose factories alone count, or null.</param>
    public GroupLevel(EngineContext context, int ordinal, string[] keys, ShiftTrack? shift)
    {
        _context = context;
        _keys = keys;
        _shift = shift;
        Ordinal = ordinal;
        IsBelowFactory = keys.Any(GroupKey.IsBelowFactory);
    }

    /// <summary>The place among the levels.</summary>
    public int Ordinal { get; }

    /// <summary>The keys.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>Whether a key names something inside a factory.</summary>
    public bool IsBelowFactory { get; }

    /// <summary>Whether groups may hold several enterprises, so that disclosure control applies.</summary>
    public bool IsDisclosed => _keys.All(GroupKey.IsAboveEnterprise);

    /// <summary>Whether this is the level without keys.</summary>
    public bool IsWhole => _keys.Length == 0;

    /// <summary>How many groups have been met.</summary>
    public int Count => _groups.Count;

    /// <summary>Whether the level has a key.</summary>
    public bool Has(string key) => _keys.Contains(key);

    /// <summary>The group of a number, as a result row carries it: one object for all rows of the group.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Group(int number)
    {
        if (_shown[number] is { } shown)
        {
            return shown;
        }

        var pairs = new KeyValuePair<string, string?>[_keys.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            pairs[i] = KeyValuePair.Create(_keys[i], _groups[number][i]);
        }

        return _shown[number] = Array.AsReadOnly(pairs);
    }

    /// <summary>The values of a group.</summary>
    public IReadOnlyList<string?> Values(int number) => _groups[number];

    /// <summary>The groups of a leaf on a local day; empty when a --where on a key of grouping or the shift leaves it out.</summary>
    public ReadOnlySpan<int> GroupsOf(scoped in Leaf leaf, int day)
    {
        var epoch = Epoch(day);
        if (!_known.TryGetValue((leaf, epoch), out var groups))
        {
            _known.Add((leaf, epoch), groups = Resolve(leaf, day));
        }

        return groups;
    }

    // memberships change only at the borders, so days between two of them share one answer
    private int Epoch(int day)
    {
        if (_context.Registry is null)
        {
            return 0;
        }

        var borders = _context.Registry.Borders;
        int low = 0, high = borders.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (borders[middle] <= day)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private int[] Resolve(in Leaf leaf, int day)
    {
        var place = new ScopePlace(_context, leaf, day);
        foreach (var (key, value) in _context.Query.Where)
        {
            if (GroupKey.IsKnown(key) && !place.Values(key).Contains(value))
            {
                return [];
            }
        }

        if (_shift is { } shift && !shift.IsOf(place.Factory))
        {
            return [];
        }

        // the product of each key's values: one value but for parks, zones and operators
        var groups = new List<string?[]> { new string?[_keys.Length] };
        for (var i = 0; i < _keys.Length; i++)
        {
            var values = place.Values(_keys[i]);
            var at = i;
            groups = [.. groups.SelectMany(group => values.Select(value =>
            {
                var copy = (string?[])group.Clone();
                copy[at] = value;
                return copy;
            }))];
        }

        return [.. groups.Select(Number).Distinct()];
    }

    private int Number(string?[] values)
    {
        var text = string.Join('\u001f', values.Select(static value => value is null ? "\u0000" : "=" + value));
        if (!_numbers.TryGetValue(text, out var number))
        {
            number = _groups.Count;
            _numbers.Add(text, number);
            _groups.Add(values);
            _shown.Add(null);
        }

        return number;
    }

    /// <summary>Where a leaf is on a day.</summary>
    private readonly struct ScopePlace
    {
        private static readonly string?[] s_none = [null];

        private readonly EngineContext _context;
        private readonly Leaf _leaf;
        private readonly int _factory;
        private readonly int _workshop;
        private readonly FactoryRecord? _record;

        public ScopePlace(EngineContext context, Leaf leaf, int day)
        {
            _context = context;
            _leaf = leaf;
            var (factory, workshop) = leaf.Line >= 0 && context.Registry is not null ? context.Registry.PlaceOf(leaf.Line, day) : (-1, -1);
            _factory = leaf.Factory >= 0 ? leaf.Factory : factory;
            _workshop = leaf.Workshop >= 0 ? leaf.Workshop : workshop;
            _record = _factory >= 0 ? context.Registry?.FactoryAt(_factory, day) : null;
        }

        public string? Factory => _factory < 0 ? null : _context.Keys.Factories.Name(_factory);

        public IReadOnlyList<string?> Values(string key) => key switch
        {
            "device" => One(_leaf.Device < 0 ? null : _context.Keys.Devices.Name(_leaf.Device)),
            "product" => One(_leaf.Product < 0 ? null : _context.Keys.Products.Name(_leaf.Product)),
            "line" => One(_leaf.Line < 0 ? null : _context.Keys.Lines.Name(_leaf.Line)),
            "workshop" => One(_workshop < 0 ? null : _context.Keys.Workshops.Name(_workshop)),
            "factory" => One(Factory),
            "enterprise" => One(_record?.Enterprise),
            "city" => One(_record?.City),
            "district" => One(_record?.District),
            "province" => One(_record?.Province),
            "industry" => One(_record?.Industry),
            "class" => One(_record?.Class),
            "park" => Many(_record?.Parks),
            "zone" => Many(_record?.Zones),
            "operator" => Many(_record?.Operators),
            _ => s_none,
        };

        private static IReadOnlyList<string?> One(string? value) => value is null ? s_none : [value];

        private static IReadOnlyList<string?> Many(IReadOnlyList<string>? values) => values is null or { Count: 0 } ? s_none : [.. values];
    }
}
