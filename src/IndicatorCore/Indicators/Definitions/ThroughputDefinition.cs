using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Throughput from counters, <c>thr</c>, by direction, and of single seconds (indicator-definitions 6).</summary>
internal sealed class ThroughputDefinition : GroupedDefinition<ThroughputTotals>
{
    private const int Second = 1_000_000_000;
    private const string Resets = "thr.resets";

    private static readonly string[] s_directions = ["thr", "thr_ul", "thr_dl"];

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "thr",
        ChineseName = "带宽（吞吐率）",
        EnglishName = "Throughput",
        Formula = "8 · Σ bytes / Σ seconds between readings of a counter; a counter that went back has wrapped where its width explains it at a rate below the link's "
            + "capacity (without one, by less than half its range), else it was reset and the span is dropped; thr_ul, thr_dl: by direction; thr_p5, thr_p50: "
            + "nearest ranks of the rates of whole seconds that readings at most 1 s apart cover; a span counts in the window where it starts",
        Unit = "bit/s",
        Needs =
        [
            new()
            {
                Source = "counter",
                Required = ["event_ts", "object", "bytes"],
                Optional = ["counter", "direction", "counter_bits", "link_capacity_bps", "line", "factory"],
            },
        ],
        State = "the set of (time, bytes, width, capacity) by scope, object, counter and direction",
        Weights = "bytes and seconds of every counter; never the mean of rates",
        PublicationRule = "none; spans dropped by resets are counted in thr.resets",
        Parts = ["thr_ul", "thr_dl", "thr_p5", "thr_p50", Resets],
        Sources = ["indicator-definitions 1.8, 6"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.Counter;

    /// <inheritdoc/>
    public override string Table => "counter";

    protected override WindowPlan Plan(ReportContext report) => ArrivalTotals.Plan(report, Table);

    protected override GroupedTotals<ThroughputTotals> Collect(ReportContext report, GroupLevel level, WindowPlan plan)
    {
        var totals = ArrivalTotals.Collect<ThroughputTotals>(report, level, plan, Table);
        foreach (var (key, readings) in report.State.Points.Of(PointKind.Counter))
        {
            var direction = DirectionOf(key.Direction < 0 ? null : report.Engine.Keys.Others.Name(key.Direction));
            var (day, groups) = (int.MinValue, Array.Empty<int>());
            foreach (var span in CounterFold.Spans(readings.InOrder()))
            {
                foreach (var group in GroupsAt(span.Start))
                {
                    totals[group, plan.At(span.Start)].Add(span, direction);
                }
            }

            foreach (var (start, rate) in CounterFold.SecondRates(CounterFold.Spans(readings.InOrder())))
            {
                foreach (var group in GroupsAt(start))
                {
                    totals[group, plan.At(start)].AddRate(rate);
                }
            }

            int[] GroupsAt(long instant)
            {
                if (plan.At(instant) < 0)
                {
                    return [];
                }

                if (report.Clock.DayOf(instant) is var at && at != day)
                {
                    (day, groups) = (at, level.GroupsOf(key.Leaf, at).ToArray());
                }

                return groups;
            }
        }

        return totals;
    }

    protected override IEnumerable<IndicatorRow> Rows(ReportContext report, GroupLevel level, int group, ReportWindow window, ThroughputTotals totals)
    {
        ResultReason? notAvailable = level.Has("product") ? ResultReason.GroupNotApplicable
            : !totals.Rows.Any ? ResultReason.NoData
            : null;
        var row = NewRow(report, level, group, window, totals.Flags, totals.ToEvidence());
        for (var i = 0; i < s_directions.Length; i++)
        {
            var (bits, time) = ((BigInteger)totals.Bytes[i] * 8, (BigInteger)totals.Time[i]);
            yield return Figure.Judge(
                row with
                {
                    Indicator = s_directions[i],
                    Value = time.IsZero ? null : ExactRatio.ToDouble(bits * Second, time),
                    Numerator = new ExactNumber(bits),
                    Denominator = Seconds(time),
                },
                i > 0 && !report.HasAny(Lane.Direction) ? ResultReason.MissingColumn : notAvailable ?? (time.IsZero ? ResultReason.ZeroDenominator : null),
                suppressed: null);
        }

        foreach (var percent in (int[])[5, 50])
        {
            yield return Figure.Judge(
                row with { Indicator = $"thr_p{percent}", Value = totals.Seconds == 0 ? null : totals.Rate(percent) },
                notAvailable ?? (totals.Seconds == 0 ? ResultReason.NoData : null),
                suppressed: null);
        }

        yield return Figure.Judge(
            row with { Indicator = Resets, Unit = "1", Value = totals.Resets, Numerator = totals.Resets }, notAvailable, suppressed: null);
    }

    // 1 = up, 2 = down
    private static int DirectionOf(string? name) => name?.Trim().ToLowerInvariant() switch
    {
        "ul" or "up" or "uplink" or "上行" => 1,
        "dl" or "down" or "downlink" or "下行" => 2,
        _ => 0,
    };
}
