using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Phases;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Energy per unit of output, <c>energy_intensity</c>, in kWh and in kilograms of coal equivalent (indicator-definitions 7).</summary>
internal sealed class EnergyIntensityDefinition : IndicatorDefinition
{
    private const string Equivalent = "energy_intensity.kgce";
    private const int Scale = 6;

    // 0.1229 kgce a kWh: the equivalent value (当量值) of this version of the definition
    private const int FactorDigits = 1_229;
    private const int FactorScale = 4;

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = new()
    {
        Id = "energy_intensity",
        ChineseName = "单位产品能耗",
        EnglishName = "Energy per unit of output",
        Direction = IndicatorDirection.LowerIsBetter,
        Formula = "Σ kWh / Σ good output of one unit, energy of idle time included; energy_intensity.kgce: kgce = 0.1229 · kWh (当量值, fixed by the definition's version); energy_intensity.fisher: 1 − √((1−R_P)(1−R_L)) of cost_red with energy in the place of cost, over matched strata (line, unit of output)",
        Unit = "kWh/unit",
        Needs =
        [
            new() { Source = "energy", Required = ["interval_start", "kwh|reading_kwh"], Optional = ["q_good", "unit", "product", "line"] },
            new() { Source = "production", Required = ["interval_start", "line", "q_good"], Optional = ["unit", "product"], LapsesWith = "energy.q_good" },
        ],
        State = "sums by (scope, unit, local day) of kWh and of output; output of production rows where no energy row has any",
        Weights = "sums of numerators and denominators; outputs of different units are never added (NO_COMMON_UNIT): such groups have the index form alone",
        PublicationRule = "always, the index form as cost_red without months; an energy row without output (null) is missing, one with output 0 is idle and counts; readings of cumulative meters have no output of their own",
        Parts = [Equivalent, .. EnergyIndex.Rows],
        Sources = ["indicator-definitions 5, 7"],
    };

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.EnergyIntensity;

    /// <inheritdoc/>
    public override string Table => "energy";

    /// <inheritdoc/>
    /// <remarks>The index form has windows of its own.</remarks>
    public override bool PartsAreJudgedAlone => true;

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report) => Plain(report).Concat(Index(report).Rows(report, report.SkipFlag(Description)));

    /// <inheritdoc/>
    public override IEnumerable<DisclosureShare> Shares(ReportContext report, ReportContext parts) =>
        Plain(parts).Select(ShareOf).Concat(Index(report).Shares(report, parts.Profile, EnergyIndex.Rows));

    private static bool HasOwn(ReportContext report) =>
        report.State.Support.Ratios[(int)RatioKind.EnergyIntensity].Cells.Enumerate().Any(static cell => cell.Valid > 0);

    private PhaseQuestion<AmountCell> Index(ReportContext report) => EnergyIndex.Of(
        report, this, HasOwn(report), level => !HasColumns(report) ? ResultReason.MissingColumn : level.Has("device") ? ResultReason.GroupNotApplicable : null);

    private static bool HasColumns(ReportContext report) => report.HasAny(Lane.Kwh, Lane.Reading) && report.HasAny(Lane.QGood);

    private IEnumerable<IndicatorRow> Plain(ReportContext report)
    {
        var plan = RatioTotals.Plan(report, RatioKind.EnergyIntensity, MeterEnergy.Panes(report));
        var hasOwn = HasOwn(report);
        foreach (var level in report.Levels)
        {
            var totals = RatioTotals.Collect(report, level, plan, RatioKind.EnergyIntensity, Table);
            AddReadings(report, level, plan, (group, window) => totals[group, window]);
            var outputs = hasOwn ? totals : RatioTotals.Collect(report, level, plan, RatioKind.Output, "production");
            foreach (var group in totals.Groups)
            {
                for (var i = 0; i < plan.Windows.Count; i++)
                {
                    foreach (var row in Rows(report, level, group, plan.Windows[i], totals.Find(group, i), hasOwn ? null : outputs.Find(group, i)))
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    private static void AddReadings(ReportContext report, GroupLevel level, WindowPlan plan, Func<int, int, RatioTotals> totalsOf)
    {
        var readings = report.State.Support.Readings.Cells;
        for (var slot = 0; slot < readings.Count; slot++)
        {
            var (key, cell) = (readings.Keys[slot], readings.Cells[slot]);
            Spread(new PaneKey(key.Leaf, key.Pane), totals => totals.Add(cell));
        }

        foreach (var (place, (energy, _, _)) in MeterEnergy.Of(report).All)
        {
            Spread(place, totals => totals.Add(energy));
        }

        void Spread(PaneKey place, Action<RatioTotals> add)
        {
            var window = plan.Of(place.Pane);
            if (window < 0)
            {
                return;
            }

            foreach (var group in level.GroupsOf(place.Leaf, report.Panes.DayOf(place.Pane)))
            {
                add(totalsOf(group, window));
            }
        }
    }

    private IEnumerable<IndicatorRow> Rows(
        ReportContext report, GroupLevel level, int group, ReportWindow window, RatioTotals energy, RatioTotals? production)
    {
        var output = production ?? energy;
        var kwh = production is null ? energy.Numerator : energy.LoneNumerator;
        ResultReason? notAvailable = !HasColumns(report) ? ResultReason.MissingColumn
            : level.Has("device") ? ResultReason.GroupNotApplicable
            : !output.HasCommonUnit ? ResultReason.NoCommonUnit
            : !energy.Rows.Any ? ResultReason.NoData
            : output.Denominator.IsZero ? ResultReason.ZeroDenominator
            : null;
        var (valid, missing) = production is null ? (energy.Valid, energy.Missing) : (energy.LoneRows, energy.Missing - energy.LoneRows);
        var unit = output.Unit ?? "unit";
        var row = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(group),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Value = output.Denominator.IsZero ? null : ExactRatio.ToDouble(kwh, output.Denominator),
            Unit = $"kWh/{unit}",
            Numerator = new ExactNumber(kwh, Scale),
            Denominator = new ExactNumber(output.Denominator, Scale),
            Flags = window.Flags | report.SkipFlag(Description) | (energy.Rows.HasConflicts || output.Rows.HasConflicts ? ResultFlags.Conflict : ResultFlags.None),
            Evidence = energy.Rows.ToEvidence(valid, missing, energy.Invalid, unserved: 0),
        };
        var coal = kwh * FactorDigits;
        yield return Figure.Judge(row, notAvailable, suppressed: null);
        yield return Figure.Judge(
            row with
            {
                Indicator = Equivalent,
                Value = output.Denominator.IsZero ? null : ExactRatio.ToDouble(coal, output.Denominator * BigInteger.Pow(10, FactorScale)),
                Unit = $"kgce/{unit}",
                Numerator = new ExactNumber(coal, Scale + FactorScale),
            },
            notAvailable,
            suppressed: null);
    }
}
