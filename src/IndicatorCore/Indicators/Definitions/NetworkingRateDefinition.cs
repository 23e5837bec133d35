using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Networking rate of key devices, <c>knr</c> (indicator-definitions 2).</summary>
internal sealed class NetworkingRateDefinition : IndicatorDefinition
{
    private const string Sustained = "knr.sustained";
    private const string Unregistered = "n_unregistered";

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "knr",
        ChineseName = "关键设备联网率",
        EnglishName = "Networking rate of key devices",
        Formula = "|{d in K: evidence on ≥ q(d) local days of W}| / |K|; basic q = 1, sustained q = ⌈0.8 · in-service days⌉",
        Unit = "ratio",
        Needs =
        [
            new() { Source = "connectivity", Required = ["event_ts", "device"], Optional = ["online", "link"] },
            new() { Source = IndicatorNeed.Registry, Required = ["devices", "lines"] },
        ],
        State = "one bitmap of devices by local day and link class",
        Weights = "key devices; distinct devices by union, never by adding days",
        PublicationRule = "at least 5 key devices (3 for a workshop or line); completeness below 80 % warns, below 50 % suppresses",
        Parts = [Sustained, Unregistered],
        Sources = ["indicator-definitions 2"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Connectivity;

    /// <inheritdoc/>
    public override string Table => "connectivity";

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var rows = new List<IndicatorRow>();
        var plan = NetworkingGroups.Plan(report);
        foreach (var level in report.Levels)
        {
            var totals = NetworkingGroups.Collect(report, level, plan);
            foreach (var group in totals.Groups)
            {
                for (var i = 0; i < plan.Windows.Count; i++)
                {
                    rows.AddRange(Rows(report, level, group, plan.Windows[i], totals.Find(group, i)));
                }
            }
        }

        return rows;
    }

    private IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, NetworkingTotals totals)
    {
        var (notAvailable, suppressed, flags, evidence) = NetworkingGroups.Judge(report, level, window, totals, Description);
        var basic = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Value = totals.KeyDevices == 0 ? null : ExactRatio.ToDouble(totals.Networked, totals.KeyDevices),
            Numerator = totals.Networked,
            Denominator = totals.KeyDevices,
            Flags = flags,
            Evidence = evidence,
        };
        var sustained = basic with
        {
            Indicator = Sustained,
            Value = totals.KeyDevices == 0 ? null : ExactRatio.ToDouble(totals.Sustained, totals.KeyDevices),
            Numerator = totals.Sustained,
        };
        var unregistered = basic with
        {
            Indicator = Unregistered,
            Definition = $"{Unregistered}@1",
            Unit = "1",
            Value = totals.Unregistered,
            Numerator = totals.Unregistered,
            Denominator = null,
            Flags = flags | (totals.Unregistered > 0 ? ResultFlags.UnregisteredDevices : ResultFlags.None),
        };
        return
        [
            Figure.Judge(basic, notAvailable, suppressed),
            Figure.Judge(sustained, notAvailable, suppressed),

            // a count, not a rate: no denominator can be zero and no minimum applies
            Figure.Judge(unregistered, notAvailable == ResultReason.ZeroDenominator ? null : notAvailable, suppressed: null),
        ];
    }
}
