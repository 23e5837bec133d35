using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Phases;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Production and cost cells of a level's groups, with the go-lives of their lines.</summary>
internal sealed class PhaseGroups
{
    private readonly Dictionary<int, List<int>> _production = [];   // slots; cells are made for one group at a time
    private readonly Dictionary<int, List<int>> _cost = [];
    private readonly Dictionary<int, HashSet<int>> _lines = [];
    private readonly HashSet<int> _registered = [];
    private readonly ReportContext _report;

    private readonly string[] _lineNames;
    private readonly string[] _productNames;
    private readonly string[] _unitNames;
    private readonly string[] _elementNames;

    private PhaseGroups(ReportContext report)
    {
        _report = report;
        var keys = report.Engine.Keys;
        _lineNames = keys.Lines.Names();
        _productNames = keys.Products.Names();
        _unitNames = keys.Units.Names();
        _elementNames = keys.Elements.Names();
    }

    /// <summary>Every group met.</summary>
    public IEnumerable<int> Numbers => _production.Keys.Concat(_cost.Keys).Concat(_registered).Distinct().Order();

    /// <summary>Collects a level's groups.</summary>
    /// <param name="report">What to collect from.</param>
    /// <param name="level">The level.</param>
    /// <param name="referenceDay">The reference date.</param>
    /// <param name="withCost">Whether cost counts.</param>
    public static PhaseGroups Collect(ReportContext report, GroupLevel level, int referenceDay, bool withCost)
    {
        var groups = new PhaseGroups(report);
        groups.AddProduction(level);
        if (withCost)
        {
            groups.AddCost(level);
        }
        if (report.Engine.Registry is { } registry && !level.Has("product") && !level.Has("device"))
        {
            foreach (var line in registry.LineNumbers)
            {
                groups.AddRegistered(level, Leaf.None with { Line = line }, referenceDay - 1, line);
            }

            foreach (var factory in level.IsBelowFactory ? [] : registry.FactoryNumbers)
            {
                groups.AddRegistered(level, Leaf.None with { Factory = factory }, referenceDay - 1, line: -1);
            }
        }

        return groups;
    }

    /// <summary>Whether a group has rows of a table.</summary>
    public bool HasData(int group, string table) => table == "cost" ? _cost.ContainsKey(group) : _production.ContainsKey(group);

    /// <summary>Whether the group comes from the registry.</summary>
    public bool IsRegistered(int group) => _registered.Contains(group);

    /// <summary>The production cells of a group.</summary>
    public IReadOnlyList<ProductionCell> Production(int group) =>
        _production.TryGetValue(group, out var slots)
            ? new DeferredCells<ProductionCell>(slots.Count, () => Array.ConvertAll(slots.ToArray(), ProductionCell))
            : [];

    /// <summary>The cost cells of a group.</summary>
    public IReadOnlyList<CostCell> Cost(int group) => _cost.TryGetValue(group, out var slots) ? [.. slots.Select(CostCell)] : [];

    /// <summary>The go-lives of a group's lines.</summary>
    public IReadOnlyList<GoLive> GoLives(int group)
    {
        if (_report.Engine.Registry is not { } registry || !_lines.TryGetValue(group, out var lines))
        {
            return [];
        }

        return [.. lines.SelectMany(line => registry.GoLivesOf(line)
            .Select(goLive => new GoLive(_lineNames[line], goLive.Day, goLive.Evidence)))];
    }

    private static void Add<T>(Dictionary<int, List<T>> lists, int group, T item)
    {
        if (!lists.TryGetValue(group, out var list))
        {
            lists.Add(group, list = []);
        }

        list.Add(item);
    }

    private void AddRegistered(GroupLevel level, Leaf leaf, int day, int line)
    {
        foreach (var group in level.GroupsOf(leaf, day))
        {
            if (level.IsWhole || level.Values(group).All(static value => value is not null))
            {
                _registered.Add(group);
            }

            AddLine(group, line);
        }
    }

    private void AddLine(int group, int line)
    {
        if (line < 0)
        {
            return;
        }

        if (!_lines.TryGetValue(group, out var lines))
        {
            _lines.Add(group, lines = []);
        }

        lines.Add(line);
    }

    private void AddProduction(GroupLevel level)
    {
        var keys = _report.State.Production.Keys;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            AddSlot(_production, level, keys[slot].Leaf, keys[slot].Pane, slot);
        }
    }

    private void AddCost(GroupLevel level)
    {
        var keys = _report.State.Cost.Keys;
        for (var slot = 0; slot < keys.Count; slot++)
        {
            AddSlot(_cost, level, keys[slot].Leaf, keys[slot].Pane, slot);
        }
    }

    private void AddSlot(Dictionary<int, List<int>> lists, GroupLevel level, in Leaf leaf, int pane, int slot)
    {
        foreach (var group in level.GroupsOf(leaf, _report.Panes.DayOf(pane)))
        {
            Add(lists, group, slot);
            AddLine(group, leaf.Line);
        }
    }

    private ProductionCell ProductionCell(int slot)
    {
        ref readonly var key = ref _report.State.Production.Keys[slot];
        ref readonly var sums = ref _report.State.Production.Cells[slot];
        return new ProductionCell
        {
            Line = key.Leaf.Line < 0 ? null : _lineNames[key.Leaf.Line],
            Product = key.Leaf.Product < 0 ? null : _productNames[key.Leaf.Product],
            Unit = key.Unit < 0 ? null : _unitNames[key.Unit],
            Day = _report.Panes.DayOf(key.Pane),
            Rows = sums.ValidOutputRows + sums.MissingOutputRows,
            ValidOutputRows = sums.ValidOutputRows,
            MissingOutputRows = sums.MissingOutputRows,
            ProducingRows = sums.ProducingRows,
            Output = sums.Output,
            LabourOutput = sums.Labour.Output,
            LabourInput = sums.Labour.Input,
            LabourInputWithoutOutput = sums.Labour.InputWithoutOutput,
            LabourRows = sums.Labour.Rows,
            MachineOutput = sums.Machine.Output,
            MachineInput = sums.Machine.Input,
            MachineInputWithoutOutput = sums.Machine.InputWithoutOutput,
            MachineRows = sums.Machine.Rows,
            Duplicates = sums.Rows.Duplicates,
            Conflicts = sums.Rows.Conflicts,
            FirstTimestamp = sums.Rows.First ?? long.MaxValue,
            LastTimestamp = sums.Rows.Last ?? long.MinValue,
        };
    }

    private CostCell CostCell(int slot)
    {
        ref readonly var key = ref _report.State.Cost.Keys[slot];
        ref readonly var sums = ref _report.State.Cost.Cells[slot];
        return new CostCell
        {
            Line = key.Leaf.Line < 0 ? null : _lineNames[key.Leaf.Line],
            Product = key.Leaf.Product < 0 ? null : _productNames[key.Leaf.Product],
            Element = key.Element < 0 ? null : _elementNames[key.Element],
            IsProjectCost = key.IsProject,
            StartDay = _report.Panes.DayOf(key.Pane),
            EndDay = key.EndDay == CostKey.NoEnd ? null : key.EndDay,
            Rows = sums.ValidRows + sums.MissingRows,
            ValidRows = sums.ValidRows,
            MissingRows = sums.MissingRows,
            Amount = sums.Amount,
            OutputRows = sums.OutputRows,
            Output = sums.Output,
            Duplicates = sums.Rows.Duplicates,
            Conflicts = sums.Rows.Conflicts,
            FirstTimestamp = sums.Rows.First ?? long.MaxValue,
            LastTimestamp = sums.Rows.Last ?? long.MinValue,
        };
    }
}
