using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.State;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>One user-defined indicator.</summary>
internal sealed class UserDefinition : IndicatorDefinition
{

    private const int RowsPerPiece = 8_192;

    private readonly UserFigure _figure;
    private readonly long _scale;

    /// <summary>Makes the definition.</summary>
    /// <param name="plan">The plan of its table.</param>
    /// <param name="figure">Its place among the plan's figures.</param>
    public UserDefinition(UserPlan plan, int figure)
    {
        Plan = plan;
        _figure = plan.Figures[figure];
        _scale = _figure.Indicator.Column?.Measure is { } measure ? (long)BigInteger.Pow(10, measure.Places) : 1;
        Description = _figure.Indicator.Describe();
    }

    /// <summary>The plan of its table.</summary>
    public UserPlan Plan { get; }

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; }

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.None;

    /// <inheritdoc/>
    public override string Table => Plan.Table;

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report) => [];

    /// <inheritdoc/>
    /// <remarks>The tables of all indicators of a plan share their groups and windows.</remarks>
    public override IEnumerable<IndicatorTable> Tables(ReportContext report)
    {
        var skipped = report.SkipFlag(Description);   // now: rows are made later, perhaps after more was read
        var isMissing = Array.Exists(_figure.Columns, column => !report.State.User[Plan.Number].Has(column));
        foreach (var level in report.Levels)
        {
            var totals = report.Once((Plan, level), () => new UserTotals(report, level, Plan));
            if (totals.Length == 0)
            {
                continue;
            }

            var values = GC.AllocateUninitializedArray<double>(totals.Length);
            if (isMissing)
            {
                Array.Fill(values, double.NaN);
            }
            else
            {
                Fill(report, totals, values);
            }

            var column = new IndicatorColumn(
                Description.Id, Description.Definition, Description.Unit, values, row => Row(skipped, level, totals, row, isMissing));
            yield return new IndicatorTable([.. level.Keys], totals.Groups, totals.Windows, totals.GroupOf, totals.WindowOf, [column]);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Extremes, distinct counts and quantiles do not add up over places: they weigh their rows.</remarks>
    protected override BigInteger WeightOf(IndicatorRow row) => _figure.Indicator.Aggregate is UserAggregate.Count or UserAggregate.Share or UserAggregate.Sum
        ? base.WeightOf(row)
        : row.Status == ResultStatus.NotAvailable ? 0 : row.Evidence?.Received ?? 0;

    // the values alone, by column: what Figure says of each row
    private void Fill(ReportContext report, UserTotals totals, double[] values)
    {
        var indicator = _figure.Indicator;
        if (indicator.Aggregate is UserAggregate.Distinct or UserAggregate.Quantile)
        {
            for (var row = 0; row < values.Length; row++)
            {
                var figure = Figure(totals, row, isMissing: false);
                values[row] = figure.Reason is null ? figure.Value : double.NaN;
            }

            return;
        }

        ReportCrew.Run(report.Threads, (values.Length + RowsPerPiece - 1) / RowsPerPiece, static () => string.Empty, (piece, _) =>
        {
            var from = piece * RowsPerPiece;
            var target = values.AsSpan(from, Math.Min(RowsPerPiece, values.Length - from));
            var records = totals.Records(from, target.Length);
            switch (indicator.Aggregate)
            {
                case UserAggregate.Count or UserAggregate.Share:
                    var whole = indicator.Aggregate == UserAggregate.Share ? Plan.CountsAt + _figure.Denominator : -1;
                    UserValues.Counts(records, Plan.RecordLength, Plan.CountsAt + _figure.Accumulator, whole, Plan.CountsAt, target);
                    break;
                case UserAggregate.Sum:
                    UserValues.Sums(
                        records, Plan.RecordLength, Plan.SumsAt + (2 * _figure.Accumulator), Plan.CountsAt, Plan.ClassesAt + (2 * _figure.Class), _scale, target);
                    break;
                default:
                    UserValues.Extremes(
                        records, Plan.RecordLength, Plan.ExtremesAt + _figure.Accumulator, indicator.Aggregate == UserAggregate.Min, _scale, target);
                    break;
            }
        });
    }

    private (double Value, Int128 Numerator, long Denominator, bool IsExact, ResultReason? Reason) Figure(UserTotals totals, int row, bool isMissing)
    {
        if (isMissing)
        {
            return (double.NaN, 0, 0, IsExact: false, ResultReason.MissingColumn);
        }

        var record = totals.Record(row);
        var accepted = record[Plan.CountsAt];
        var indicator = _figure.Indicator;
        Int128 value;
        var isExact = true;
        ResultReason? reason = accepted == 0 ? ResultReason.NoData : null;
        switch (indicator.Aggregate)
        {
            case UserAggregate.Count:
                value = record[Plan.CountsAt + _figure.Accumulator];
                break;
            case UserAggregate.Share:
                var (part, whole) = (record[Plan.CountsAt + _figure.Accumulator], record[Plan.CountsAt + _figure.Denominator]);
                reason ??= whole == 0 ? ResultReason.ZeroDenominator : null;
                return (whole == 0 ? double.NaN : UserValues.Nearest(part, whole), part, whole, isExact, reason);
            case UserAggregate.Sum:
                var classes = record[(Plan.ClassesAt + (2 * _figure.Class))..];
                reason = accepted - classes[0] - classes[1] == 0 ? ResultReason.NoData : null;
                value = UserStore.Sum(record[(Plan.SumsAt + (2 * _figure.Accumulator))..]);
                break;
            case UserAggregate.Min or UserAggregate.Max:
                var extreme = record[Plan.ExtremesAt + _figure.Accumulator];
                reason = extreme == long.MinValue ? ResultReason.NoData : null;
                value = indicator.Aggregate == UserAggregate.Min ? -(Int128)extreme : extreme;
                break;
            case UserAggregate.Distinct:
                value = totals.Distinct(row, _figure.Accumulator);
                break;
            default:
                var quantile = totals.Quantile(row, _figure.Accumulator, indicator.Order);
                reason = quantile is null ? ResultReason.NoData : null;
                (value, isExact) = quantile ?? default;
                break;
        }

        return (UserValues.Nearest(value, _scale), value, 0, isExact, reason);
    }

    private IndicatorRow Row(ResultFlags skipped, GroupLevel level, UserTotals totals, int row, bool isMissing)
    {
        var figure = Figure(totals, row, isMissing);
        var window = totals.Window(row);
        var places = _figure.Indicator.Column?.Measure?.Places ?? 0;
        var evidence = totals.Evidence(row, _figure.Class);
        var result = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(totals.LevelGroup(row)),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Value = figure.Value,
            Unit = Description.Unit,
            Numerator = figure.IsExact ? new ExactNumber((BigInteger)figure.Numerator, places) : null,
            Denominator = _figure.Denominator < 0 ? null : figure.Denominator,
            Flags = window.Flags | skipped | (evidence.Conflicts > 0 ? ResultFlags.Conflict : ResultFlags.None),
            Evidence = figure.IsExact || figure.Reason is not null
                ? evidence
                : evidence with { Additional = [KeyValuePair.Create("alpha", new EvidenceValue { Number = LogLinearBuckets.Alpha })] },
        };
        return Reporting.Figure.Judge(result, figure.Reason, suppressed: null);
    }
}
