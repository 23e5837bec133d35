using System.Numerics;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Records that came of those that were due, <c>dq_completeness</c> (indicator-definitions 2, 10).</summary>
internal sealed class CompletenessDefinition : IndicatorDefinition
{
    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "dq_completeness",
        ChineseName = "数据完整率",
        EnglishName = "Completeness of data",
        Formula = "accepted connectivity records of K / records due; due = in-service time of K in the window ÷ nominal period; K = key devices at the window's last instant, as for knr. "
            + "Devices that report more often than they must make it exceed 1",
        Unit = "ratio",
        Needs =
        [
            new() { Source = "connectivity", Required = ["event_ts", "device"] },
            new() { Source = IndicatorNeed.Registry, Required = ["devices", "lines"] },
        ],
        State = "none of its own: connectivity rows by cohort and day; the nominal period is the source profile's",
        Weights = "records due",
        PublicationRule = "where the source profile declares a nominal period of connectivity (else NO_DATA)",
        Parts = ["dq_completeness.connectivity"],
        Sources = ["indicator-definitions 2, 10"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Connectivity;

    /// <inheritdoc/>
    public override string Table => "connectivity";

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var plan = report.Plan(NetworkingGroups.Panes(report), report.Panes);
        foreach (var level in report.Levels)
        {
            var totals = new GroupedTotals<NetworkingTotals>();
            NetworkingGroups.CountRows(report, level, plan, totals);
            for (var i = 0; i < plan.Windows.Count; i++)
            {
                CountTime(report, level, plan.Windows[i], i, totals);
            }

            foreach (var group in totals.Groups)
            {
                for (var i = 0; i < plan.Windows.Count; i++)
                {
                    var row = Row(report, level, group, plan.Windows[i], totals.Find(group, i));
                    yield return row;
                    yield return row with { Indicator = Description.Parts[0] };
                }
            }
        }
    }

    // the in-service time of key devices, without asking for each day
    private static void CountTime(ReportContext report, GroupLevel level, ReportWindow window, int index, GroupedTotals<NetworkingTotals> totals)
    {
        if (report.Engine.Registry is not { } registry)
        {
            return;
        }

        var lastDay = report.LastDay(window);
        for (var device = 0; device < registry.DeviceCount; device++)
        {
            if (registry.At(device, lastDay) is not { IsKey: true } key)
            {
                continue;
            }

            // rows of a registry may overlap: a day counts once
            Int128 time = 0;
            var until = report.Clock.DayOf(window.Start);
            foreach (var spell in registry.Spells(device).ToArray().OrderBy(static spell => spell.Days.Start))
            {
                var (from, to) = (Math.Max(spell.Days.Start, until), Math.Min(spell.Days.End, lastDay + 1));
                if (to > from)
                {
                    time += Math.Min(window.End, report.Clock.StartOf(to)) - Math.Max(window.Start, report.Clock.StartOf(from));
                    until = to;
                }
            }

            foreach (var group in level.GroupsOf(NetworkingGroups.LeafOf(key, report.Engine.ByDevice ? device : -1), lastDay))
            {
                totals[group, index].KeyDevices++;
                totals[group, index].InService += time;
            }
        }
    }

    private IndicatorRow Row(ReportContext report, GroupLevel level, int group, ReportWindow window, NetworkingTotals totals)
    {
        var period = report.State.ConnectivityPeriod;
        var row = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Unit = Description.Unit,
            Flags = window.Flags | report.SkipFlag(Description) | (totals.Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None),
            Evidence = totals.Rows.ToEvidence(totals.Valid, totals.Missing, invalid: 0, unserved: 0),
        };
        ResultReason? notAvailable = report.Engine.Registry is null ? ResultReason.NoRegistry
            : !report.HasTable("connectivity") ? ResultReason.MissingColumn
            : level.Has("product") ? ResultReason.GroupNotApplicable
            : period == 0 ? ResultReason.NoData
            : totals.InService == 0 ? ResultReason.ZeroDenominator
            : null;
        if (notAvailable is null)
        {
            // accepted ÷ (time ÷ period), kept as integers
            var (accepted, due) = ((BigInteger)totals.KeyRows * period, (BigInteger)totals.InService);
            var common = BigInteger.GreatestCommonDivisor(accepted, due);
            row = row with
            {
                Value = ExactRatio.ToDouble(accepted, due),
                Numerator = new ExactNumber(accepted / common),
                Denominator = new ExactNumber(due / common),
                Evidence = row.Evidence! with
                {
                    Expected = new ExactNumber(Kernels.FixedPointKernel.RoundHalfEven(due, period)),
                    Completeness = ExactRatio.ToDouble(accepted, due),
                },
            };
        }

        return Figure.Judge(row, notAvailable, suppressed: null);
    }
}
