using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>One user-defined indicator over windows.</summary>
internal sealed class UserDefinition : UserTableDefinition
{
    private const int RowsPerPiece = 8_192;

    private readonly UserIndicator _indicator;
    private readonly long _scale;

    /// <summary>Makes the definition.</summary>
    /// <param name="plan">The plan of its table.</param>
    /// <param name="figure">Its place among the plan's figures.</param>
    public UserDefinition(UserPlan plan, int figure)
        : base(plan, figure)
    {
        _indicator = Figure.Indicator;
        _scale = _indicator.Column?.Measure is { } measure ? (long)BigInteger.Pow(10, measure.Places) : 1;
    }

    // of a mean and of products the rows with all values, else the accepted ones
    private int CountedAt => Plan.CountsAt + (_indicator.Aggregate is UserAggregate.Mean or UserAggregate.Sum ? Figure.Counted : 0);

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report) => [];

    /// <inheritdoc/>
    /// <remarks>The tables of all indicators of a plan share their groups and windows.</remarks>
    public override IEnumerable<IndicatorTable> Tables(ReportContext report)
    {
        var skipped = report.SkipFlag(Description);   // now: rows are made later, perhaps after more was read
        var isMissing = Array.Exists(Figure.Columns, column => !report.State.User[Plan.Number].Has(column));
        var isJudged = _indicator.Rules.Any && report.Profile.ApplyDefinedRules;
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

            if (_indicator.Rules.MinDays > 0)
            {
                totals.Members.Days(row: 0, Figure.Counted);   // now, for all rows
            }

            for (var row = 0; isJudged && row < values.Length; row++)
            {
                values[row] = Suppressed(totals, row) is null ? values[row] : double.NaN;
            }

            var column = new IndicatorColumn(
                Description.Id, Description.Definition, Description.Unit, values, row => Row(skipped, level, totals, row, isMissing, isJudged));
            yield return new IndicatorTable([.. level.Keys], totals.Groups, totals.Windows, totals.GroupOf, totals.WindowOf, [column]);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Extremes, distinct counts and quantiles do not add up over places: they weigh their rows.</remarks>
    protected override BigInteger WeightOf(IndicatorRow row)
    {
        var weighsRows = _indicator.Weight == UserWeight.Rows
            || (_indicator.Weight == UserWeight.Usual && _indicator.Aggregate is UserAggregate.Min or UserAggregate.Max or UserAggregate.Distinct or UserAggregate.Quantile);
        return row.Status == ResultStatus.NotAvailable ? BigInteger.Zero
            : weighsRows ? row.Evidence?.Received ?? 0
            : base.WeightOf(_indicator.Weight == UserWeight.Numerator ? row with { Denominator = null } : row);
    }

    // the values alone, by column: what FigureOf says of each row
    private void Fill(ReportContext report, UserTotals totals, double[] values)
    {
        if (_indicator.Aggregate is UserAggregate.Distinct or UserAggregate.Quantile)
        {
            for (var row = 0; row < values.Length; row++)
            {
                var figure = FigureOf(totals, row, isMissing: false);
                values[row] = figure.Reason is null ? figure.Value : double.NaN;
            }

            return;
        }

        ReportCrew.Run(report.Threads, (values.Length + RowsPerPiece - 1) / RowsPerPiece, static () => string.Empty, (piece, _) =>
        {
            var from = piece * RowsPerPiece;
            var target = values.AsSpan(from, Math.Min(RowsPerPiece, values.Length - from));
            var records = totals.Records(from, target.Length);
            switch (_indicator.Aggregate)
            {
                case var _ when Figure.Above is { } above:
                    UserValues.Quotients(records, Plan.RecordLength, above, Figure.Below, CountedAt, target);
                    break;
                case UserAggregate.Count or UserAggregate.Share:
                    var whole = _indicator.Aggregate == UserAggregate.Share ? Plan.CountsAt + Figure.Denominator : -1;
                    UserValues.Counts(records, Plan.RecordLength, Plan.CountsAt + Figure.Accumulator, whole, Plan.CountsAt, target);
                    break;
                case UserAggregate.Sum:
                    UserValues.Sums(
                        records, Plan.RecordLength, Plan.SumsAt + (2 * Figure.Accumulator), Plan.CountsAt, Plan.ClassesAt + (2 * Figure.Class), _scale, target);
                    break;
                default:
                    UserValues.Extremes(
                        records, Plan.RecordLength, Plan.ExtremesAt + Figure.Accumulator, _indicator.Aggregate == UserAggregate.Min, _scale, target);
                    break;
            }
        });
    }

    private (double Value, Int128 Numerator, long Denominator, bool IsExact, ResultReason? Reason) FigureOf(UserTotals totals, int row, bool isMissing)
    {
        if (isMissing)
        {
            return (double.NaN, 0, 0, IsExact: false, ResultReason.MissingColumn);
        }

        var record = totals.Record(row);
        var accepted = record[Plan.CountsAt];
        Int128 value;
        var isExact = true;
        ResultReason? reason = accepted == 0 ? ResultReason.NoData : null;
        switch (_indicator.Aggregate)
        {
            case UserAggregate.Count:
                value = record[Plan.CountsAt + Figure.Accumulator];
                break;
            case UserAggregate.Share:
                var (part, whole) = (record[Plan.CountsAt + Figure.Accumulator], record[Plan.CountsAt + Figure.Denominator]);
                reason ??= whole == 0 ? ResultReason.ZeroDenominator : null;
                return (whole == 0 ? double.NaN : UserValues.Nearest(part, whole), part, whole, isExact, reason);
            case UserAggregate.Sum:
                var classes = record[(Plan.ClassesAt + (2 * Figure.Class))..];
                reason = accepted - classes[0] - classes[1] == 0 ? ResultReason.NoData : null;
                value = UserRecord.Sum(record[(Plan.SumsAt + (2 * Figure.Accumulator))..]);
                break;
            case UserAggregate.Min or UserAggregate.Max:
                var extreme = record[Plan.ExtremesAt + Figure.Accumulator];
                reason = extreme == long.MinValue ? ResultReason.NoData : null;
                value = _indicator.Aggregate == UserAggregate.Min ? -(Int128)extreme : extreme;
                break;
            case UserAggregate.Distinct:
                value = totals.Members.Distinct(row, Figure.Accumulator);
                break;
            default:
                var quantile = totals.Members.Quantile(row, Figure.Accumulator, _indicator.Order);
                reason = quantile is null ? ResultReason.NoData : null;
                (value, isExact) = quantile ?? default;
                break;
        }

        return (UserValues.Nearest(value, _scale), value, 0, isExact, reason);
    }

    private IndicatorRow Row(ResultFlags skipped, GroupLevel level, UserTotals totals, int row, bool isMissing, bool isJudged)
    {
        var window = totals.Window(row);
        var evidence = totals.Evidence(row, Figure.Class);
        var result = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = level.Group(totals.LevelGroup(row)),
            WindowStart = window.Start,
            WindowEnd = window.End,
            Unit = Description.Unit,
            Flags = window.Flags | skipped | (evidence.Conflicts > 0 ? ResultFlags.Conflict : ResultFlags.None),
            Evidence = evidence,
        };
        ResultReason? reason;
        if (Figure.Above is { } above)
        {
            (result, reason) = WithQuotient(result, totals.Record(row), above, isMissing);
        }
        else
        {
            var figure = FigureOf(totals, row, isMissing);
            reason = figure.Reason;
            result = result with
            {
                Value = figure.Value,
                Numerator = figure.IsExact ? new ExactNumber((BigInteger)figure.Numerator, _indicator.Column?.Measure?.Places ?? 0) : null,
                Denominator = Figure.Denominator < 0 ? null : figure.Denominator,
            };
            if (!figure.IsExact && reason is null)
            {
                result = result with { Evidence = evidence with { Additional = [KeyValuePair.Create("alpha", new EvidenceValue { Number = LogLinearBuckets.Alpha })] } };
            }
        }

        return Reporting.Figure.Judge(Ruled(result, totals, row, isJudged, isMissing), reason, isJudged && !isMissing ? Suppressed(totals, row) : null);
    }

    private (IndicatorRow Row, ResultReason? Reason) WithQuotient(IndicatorRow result, ReadOnlySpan<long> record, UserAmount above, bool isMissing)
    {
        var denominator = Figure.Below is { } below ? new ExactNumber(below.Of(record), below.Places) : (ExactNumber?)null;
        ResultReason? reason = isMissing ? ResultReason.MissingColumn
            : record[CountedAt] == 0 ? ResultReason.NoData
            : denominator is { Unscaled.IsZero: true } ? ResultReason.ZeroDenominator
            : null;
        return reason is not null ? (result, reason) : (result with
        {
            Value = UserValues.Quotient(record, above, Figure.Below),
            Numerator = new ExactNumber(above.Of(record), above.Places),
            Denominator = denominator,
        }, null);
    }

    // the first rule that does not hold, in the order of indicator-definitions 1.7
    private ResultReason? Suppressed(UserTotals totals, int row)
    {
        var rules = _indicator.Rules;
        if (rules.MinDevices > 0 && totals.Members.Distinct(row, Figure.Devices) < rules.MinDevices)
        {
            return ResultReason.TooFewDevices;
        }

        if (rules.MinRows > 0 && totals.Record(row)[Plan.CountsAt + Figure.Counted] < rules.MinRows)
        {
            return ResultReason.TooFewSamples;
        }

        return rules.MinDays > 0 && totals.Members.Days(row, Figure.Counted) < rules.MinDays ? ResultReason.TooFewDays
            : IsMissingAbove(rules.MissingSuppress, totals, row) ? ResultReason.MissingShareHigh
            : null;
    }

    // the flag of a rule, and what the rules counted
    private IndicatorRow Ruled(IndicatorRow result, UserTotals totals, int row, bool isJudged, bool isMissing)
    {
        var rules = _indicator.Rules;
        if (!rules.Any || isMissing || result.Evidence is not { } evidence)
        {
            return result;
        }

        List<KeyValuePair<string, EvidenceValue>> counts = [.. evidence.Additional];
        if (rules.MinRows > 0)
        {
            counts.Add(KeyValuePair.Create("n_counted", new EvidenceValue { Count = totals.Record(row)[Plan.CountsAt + Figure.Counted] }));
        }

        if (rules.MinDevices > 0)
        {
            counts.Add(KeyValuePair.Create("n_devices", new EvidenceValue { Count = totals.Members.Distinct(row, Figure.Devices) }));
        }

        if (rules.MinDays > 0)
        {
            counts.Add(KeyValuePair.Create("n_days", new EvidenceValue { Count = totals.Members.Days(row, Figure.Counted) }));
        }

        return result with
        {
            Flags = result.Flags | (isJudged && IsMissingAbove(rules.MissingWarn, totals, row) ? ResultFlags.MissingShareWarn : ResultFlags.None),
            Evidence = evidence with { Additional = counts },
        };
    }

    private bool IsMissingAbove(UserShare? bound, UserTotals totals, int row)
    {
        if (bound is null)
        {
            return false;
        }

        var record = totals.Record(row);
        return UserRules.IsAbove(bound, record[Plan.ClassesAt + (2 * Figure.Class)], record[Plan.CountsAt]);
    }
}
