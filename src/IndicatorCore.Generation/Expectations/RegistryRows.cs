using System.Numerics;
using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>The rows that the registry alone tells, at the reference date, and the scenarios that data bears out (indicator-definitions 3.4, 7, 8).</summary>
internal sealed class RegistryRows
{
    private readonly Ledger _ledger;
    private readonly int _reference;
    private readonly Dictionary<string, Inventory> _inventories;

    public RegistryRows(Ledger ledger)
    {
        _ledger = ledger;
        _reference = ledger.Province.EndDay;
        _inventories = ledger.Province.Factories.ToDictionary(static factory => factory.Id, factory => Inventory.Of(ledger.Province, factory));
    }

    /// <summary>The rows of a factory or of the province; of lines there are none.</summary>
    public IEnumerable<ExpectedRow> Of(Scope scope, bool floors, int firstDay)
    {
        if (scope.IsLine)
        {
            return [];
        }

        IEnumerable<ExpectedRow> Rows(Func<Scope, IReadOnlyList<Figure>> of) => FigureRows.Of(scope, floors, _reference, _reference, of);

        var rows = Rows(part => Assets(part, "bs_macro", "macro", static inventory => inventory.PrintedMacro))
            .Concat(Rows(part => Assets(part, "bs_micro", "micro", static inventory => inventory.PrintedMicro)))
            .Concat(Rows(part => Assets(part, "prru", "prru", static _ => null)))
            .Concat(Rows(part => Assets(part, "edge_nodes", "edge", static _ => null)))
            .Concat(Rows(Declared))
            .Concat(Rows(part => Rule(part)))
            .Concat(Rows(Systems))
            .Concat(Rows(Security))
            .Concat(FigureRows.Of(scope, floors, firstDay, _reference, Evidenced));
        return scope.Key is null ? rows.Concat(Density(ZonesOf(_ledger.Province), null, null)) : rows;
    }

    /// <summary>The rows of enterprises, then of zones.</summary>
    public IEnumerable<ExpectedRow> OfOthers()
    {
        foreach (var enterprise in _ledger.Province.Factories.GroupBy(static factory => factory.Enterprise).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            var inventories = enterprise.Select(factory => _inventories[factory.Id]).ToList();
            var costs = inventories.Select(static inventory => inventory.CostFen).OfType<int>().ToList();
            if (Declared(enterprise.Key, "cost_per_100_revenue", costs, 100) is { } cost)
            {
                yield return cost;
            }

            // ten-thousands in hundredths are hundreds
            var productivities = inventories.Select(static inventory => inventory.ProductivityHundredths * 100).OfType<int>().ToList();
            if (Declared(enterprise.Key, "labour_productivity", productivities, 1) is { } productivity)
            {
                yield return productivity;
            }
        }

        foreach (var zone in ZonesOf(_ledger.Province).OrderBy(static zone => zone.Name, StringComparer.Ordinal))
        {
            foreach (var row in Density([zone], "zone", zone.Name))
            {
                yield return row;
            }

            yield return Plain("zone_5g_factories", zone.Name, zone.Factories);
            yield return Plain("zone_platforms", zone.Name, ZoneModel.Platforms);
        }
    }

    private static IEnumerable<ZoneModel> ZonesOf(ProvinceModel province) => ZoneModel.Of(province);

    // "a figure of one enterprise": rows that differ are no figure
    private ExpectedRow? Declared(string enterprise, string indicator, List<int> values, int divisor)
    {
        if (values.Count == 0)
        {
            return null;
        }

        var isOne = values.TrueForAll(value => value == values[0]);
        return new ExpectedRow
        {
            Indicator = indicator,
            Key = "enterprise",
            Group = enterprise,
            WindowStart = _reference,
            WindowEnd = _reference,
            Value = isOne ? Exact.Nearest(values[0], divisor) : null,
            Numerator = isOne ? Exact.Text(values[0], divisor == 100 ? 2 : 0) : null,
            Status = isOne ? "PUBLISHED" : "NOT_AVAILABLE",
            Reason = isOne ? null : "NO_DATA",
            Flags = isOne ? [] : ["CONFLICT"],
        };
    }

    private ExpectedRow Plain(string indicator, string zone, long count) => new()
    {
        Indicator = indicator,
        Key = "zone",
        Group = zone,
        WindowStart = _reference,
        WindowEnd = _reference,
        Value = count,
        Numerator = Exact.Text(count, 0),
        Status = "PUBLISHED",
    };

    // "10000 · base stations / resident population"; made of no enterprise's figures, so that disclosure does not apply
    private IEnumerable<ExpectedRow> Density(IEnumerable<ZoneModel> zones, string? key, string? group)
    {
        var (stations, residents) = ((BigInteger)0, (BigInteger)0);
        foreach (var zone in zones)
        {
            stations += zone.Stations;
            residents += zone.Population;
        }

        return
        [
            new ExpectedRow
            {
                Indicator = "bs_per_10k",
                Key = key,
                Group = group,
                WindowStart = _reference,
                WindowEnd = _reference,
                Value = Exact.Nearest(stations * 10_000, residents),
                Numerator = Exact.Text(stations, 0),
                Denominator = Exact.Text(residents, 0),
                Status = "PUBLISHED",
            },
        ];
    }

    // distinct listed assets in force; where a factory lists none at any time, what its row prints
    private IReadOnlyList<Figure> Assets(Scope scope, string indicator, string kind, Func<Inventory, int?> printed)
    {
        var listed = new HashSet<string>();
        long sum = 0;
        var hasAny = false;
        foreach (var inventory in scope.Factories.Select(factory => _inventories[factory.Id]))
        {
            var assets = inventory.Assets.Where(asset => asset.Meaning == kind).ToList();
            listed.UnionWith(assets.Where(asset => asset.IsInForce(_reference)).Select(static asset => asset.Id));
            var own = assets.Count == 0 ? printed(inventory) : null;
            sum += own ?? 0;
            hasAny |= assets.Count > 0 || own is not null;
        }

        return hasAny ? [Figure.Count(indicator, listed.Count + sum)] : [];
    }

    private (HashSet<string> Names, HashSet<(string Factory, string Name)> Instances, HashSet<string> Others, bool IsOpen, bool HasAny) Names(
        Scope scope, int day, Func<InventoryItem, bool> counts)
    {
        var (names, instances, others, isOpen, hasAny) = (new HashSet<string>(), new HashSet<(string, string)>(), new HashSet<string>(), false, false);
        foreach (var factory in scope.Factories)
        {
            foreach (var scenario in _inventories[factory.Id].Scenarios.Where(scenario => scenario.IsInForce(day)))
            {
                hasAny = true;
                if (scenario.Meaning == Inventory.Ambiguous)
                {
                    isOpen = true;   // "ambiguous never counts automatically"
                }
                else if (!counts(scenario))
                {
                    continue;
                }
                else if (scenario.Meaning.Length == 0)
                {
                    others.Add(scenario.Id);
                }
                else
                {
                    names.Add(scenario.Meaning);
                    instances.Add((factory.Id, scenario.Meaning));
                }
            }
        }

        return (names, instances, others, isOpen, hasAny);
    }

    private IReadOnlyList<Figure> Declared(Scope scope)
    {
        var (names, instances, others, isOpen, hasAny) = Names(scope, _reference, static _ => true);
        return !hasAny ? [] :
        [
            .. new[]
            {
                Figure.Count("scenario_count_declared", names.Count), Figure.Count("scenario_count_declared.instances", instances.Count),
                Figure.Count("scenario_count_declared.other", others.Count),
            }.Select(figure => figure with { Flags = Review(isOpen) }),
        ];
    }

    private IReadOnlyList<Figure> Rule(Scope scope)
    {
        var (names, _, _, isOpen, hasAny) = Names(scope, _reference, static _ => true);
        return hasAny ? [Figure.Count("scenario_rule_5", names.Count) with { Value = names.Count >= 5 ? 1 : 0, Flags = Review(isOpen) }] : [];
    }

    private IReadOnlyList<Figure> Evidenced(Scope scope)
    {
        var (names, instances, _, isOpen, hasAny) = Names(
            scope, _reference - 1, scenario => Array.Exists(scenario.Written.Split(';'), device => _ledger.Networking.WasHeard(device)));
        return !hasAny ? [] :
        [
            Figure.Count("scenario_count_evidenced", names.Count) with { Flags = Review(isOpen) },
            Figure.Count("scenario_count_evidenced.instances", instances.Count) with { Flags = Review(isOpen) },
        ];
    }

    private static IReadOnlyList<string> Review(bool isOpen) => isOpen ? ["REVIEW"] : [];

    private IReadOnlyList<Figure> Systems(Scope scope)
    {
        var codes = scope.Factories.SelectMany(factory => _inventories[factory.Id].Systems).Select(static system => system.Meaning).ToHashSet();
        return codes.Count > 0 ? [Figure.Count("system_count", codes.Count)] : [];
    }

    private IReadOnlyList<Figure> Security(Scope scope)
    {
        var marked = scope.Factories.Select(factory => _inventories[factory.Id].SecurityMarks).Where(static marks => marks.Any(static mark => mark is not null)).ToList();
        return marked.Count switch
        {
            0 => [],
            1 => [Figure.Count("security_items", marked[0].Count(static mark => mark == true))],
            _ => [new Figure { Indicator = "security_items", NotAvailable = "GROUP_NOT_APPLICABLE" }],
        };
    }
}
