using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// Devices of the registry connected over 5G: terminals, <c>n_5g_terminals</c>, or the production devices themselves,
/// <c>n_devices_5g</c> (indicator-definitions 2). A gateway is among the former, the machines behind it among the latter.
/// </summary>
internal sealed class FiveGDeviceCountDefinition : IndicatorDefinition
{
    private readonly bool _terminals;

    /// <summary>One of the two definitions.</summary>
    /// <param name="terminals">Whether terminals are counted, else production devices.</param>
    public FiveGDeviceCountDefinition(bool terminals)
    {
        _terminals = terminals;
        Description = new()
        {
            Id = terminals ? "n_5g_terminals" : "n_devices_5g",
            ChineseName = terminals ? "应用5G终端数" : "基于5G网络连接的生产设备数",
            EnglishName = terminals ? "5G terminals in use" : "Production devices connected over 5G",
            Formula = terminals
                ? "|{d in service at the last instant of W: kind is module, gateway, cpe or pad; NR evidence in W of its own or of a device behind it, or any of one behind it where its access is NR}|"
                : "|{d in service at the last instant of W: kind is none of module, gateway, cpe, pad; NR evidence in W, or any behind a device whose access is NR}|",
            Unit = "1",
            Needs =
            [
                new() { Source = "connectivity", Required = ["event_ts", "device"], Optional = ["online", "link"] },
                new() { Source = IndicatorNeed.Registry, Required = ["devices", "lines"] },
            ],
            State = "one bitmap of devices by local day and link class, as knr",
            Weights = "distinct devices by union; the two counts are never added",
            PublicationRule = "always; a device whose kind the registry leaves out is a production device",
            Sources = ["indicator-definitions 2", "programme-forms 3"],
        };
    }

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; }

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Connectivity;

    /// <inheritdoc/>
    public override string Table => "connectivity";

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        // both counts share windows and rows
        var plan = report.Once((typeof(FiveGDeviceCountDefinition), typeof(WindowPlan)), () => report.Plan(NetworkingGroups.Panes(report), report.Panes));
        foreach (var level in report.Levels)
        {
            var totals = report.Once((typeof(FiveGDeviceCountDefinition), level), () =>
            {
                var counted = new GroupedTotals<NetworkingTotals>();
                NetworkingGroups.CountRows(report, level, plan, counted);
                return counted;
            });
            for (var i = 0; i < plan.Windows.Count; i++)
            {
                var counts = Count(report, level, plan, i);
                foreach (var group in totals.Groups)
                {
                    yield return Row(report, level, group, plan.Windows[i], totals.Find(group, i), counts.GetValueOrDefault(group));
                }
            }
        }
    }

    private static bool IsTerminal(string? kind)
    {
        var name = string.Concat((kind ?? string.Empty).Where(static letter => !char.IsWhiteSpace(letter) && letter is not ('-' or '_'))).ToUpperInvariant();
        name = name.StartsWith("5G", StringComparison.Ordinal) ? name[2..] : name;
        return name is "MODULE" or "GATEWAY" or "CPE" or "PAD" or "模组" or "网关" or "平板";
    }

    private Dictionary<int, long> Count(ReportContext report, GroupLevel level, WindowPlan plan, int index)
    {
        var counts = new Dictionary<int, long>();
        if (report.Engine.Registry is not { } registry)
        {
            return counts;
        }

        var lastDay = report.LastDay(plan.Windows[index]);
        var evidence = NrEvidence.Of(report, plan, index);
        foreach (var device in _terminals ? evidence.Devices.Union(evidence.Carriers) : evidence.Devices.Union(evidence.Reached))
        {
            if (registry.At(device, lastDay) is not { } spell || IsTerminal(spell.Record.Kind) != _terminals)
            {
                continue;
            }

            foreach (var group in level.GroupsOf(NetworkingGroups.LeafOf(spell, report.Engine.ByDevice ? device : -1), lastDay))
            {
                counts[group] = counts.GetValueOrDefault(group) + 1;
            }
        }

        return counts;
    }

    private IndicatorRow Row(ReportContext report, GroupLevel level, int group, ReportWindow window, NetworkingTotals totals, long count)
    {
        var row = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Unit = Description.Unit,
            Value = count,
            Numerator = count,
            Flags = window.Flags | report.SkipFlag(Description) | (totals.Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None),
            Evidence = totals.Rows.ToEvidence(totals.Valid, totals.Missing, invalid: 0, unserved: 0),
        };
        ResultReason? notAvailable = report.Engine.Registry is not { } registry ? ResultReason.NoRegistry
            : !report.HasTable(Table) || !NrEvidence.CanBeTold(report) || registry.Registry.Devices.All(static device => device.Kind is null) ? ResultReason.MissingColumn
            : level.Has("product") ? ResultReason.GroupNotApplicable
            : !totals.Rows.Any ? ResultReason.NoData
            : null;
        return Figure.Judge(row, notAvailable, suppressed: null);
    }
}
