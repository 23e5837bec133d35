using System.Numerics;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// An expression over the figures of other indicators, made of their rows as they may be shown: what is kept back of a part is kept back of it.
/// </summary>
/// <param name="indicator">The indicator.</param>
/// <param name="parts">The definitions of the indicators that it names.</param>
internal sealed class UserCombination(UserIndicator indicator, IReadOnlyList<IndicatorDefinition> parts) : IndicatorDefinition
{
    private readonly UserExpression _expression = indicator.Expression!;

    /// <summary>The ids of the indicators that it names.</summary>
    public IReadOnlyList<string> Names => _expression.Indicators;

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; } = indicator.Describe();

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.None;

    /// <inheritdoc/>
    public override string Table => parts[0].Table;

    /// <inheritdoc/>
    /// <remarks>Its parts are judged.</remarks>
    public override bool IsDisclosed => false;

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        // without calendar windows an indicator has one window, which may be its own: knr's days, the span after go-live
        var isCalendar = report.Query.Window is not (Window.Default or Window.All);
        var rows = new Dictionary<(string Group, long? Start), IndicatorRow?[]>();
        for (var part = 0; part < Names.Count; part++)
        {
            foreach (var row in report.ShownOf(Names[part]))
            {
                var key = (GroupName.Of(row.Group), isCalendar ? row.WindowStart : null);
                if (!rows.TryGetValue(key, out var known))
                {
                    rows.Add(key, known = new IndicatorRow?[Names.Count]);
                }

                known[part] = row;
            }
        }

        foreach (var known in rows.Values)
        {
            yield return Row(known);
        }
    }

    // a figure is its exact quotient where that is what it shows, else the double itself
    private static (Rational Value, bool IsExact) ValueOf(IndicatorRow row)
    {
        var value = row.Value!.Value;
        if (row.Numerator is { } numerator && (row.Denominator is not { } below || !below.Unscaled.IsZero))
        {
            var denominator = row.Denominator ?? new ExactNumber(BigInteger.One);
            var exact = new Rational(
                numerator.Unscaled * BigInteger.Pow(10, denominator.Scale), denominator.Unscaled * BigInteger.Pow(10, numerator.Scale));
            if (exact.ToDouble().Equals(value))
            {
                return (exact, true);
            }
        }

        return (Rational.Of(value), false);
    }

    private static Evidence? EvidenceOf(IndicatorRow?[] rows, IReadOnlyList<IndicatorDefinition> owners)
    {
        var evidence = new Evidence();
        var tables = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i] is not { } row)
            {
                continue;
            }

            if (row.Evidence is not { } part)
            {
                return null;   // what is kept back of a part
            }

            evidence = evidence with
            {
                FirstTimestamp = Least(evidence.FirstTimestamp, part.FirstTimestamp),
                LastTimestamp = -Least(-evidence.LastTimestamp, -part.LastTimestamp),
            };
            if (tables.Add(owners[i].Table))
            {
                evidence = evidence with
                {
                    Received = evidence.Received + part.Received,
                    Duplicates = evidence.Duplicates + part.Duplicates,
                    Conflicts = evidence.Conflicts + part.Conflicts,
                    Valid = evidence.Valid + part.Valid,
                    Missing = evidence.Missing + part.Missing,
                    Invalid = evidence.Invalid + part.Invalid,
                    Unserved = evidence.Unserved + part.Unserved,
                    Quarantined = [.. evidence.Quarantined.Concat(part.Quarantined).GroupBy(static pair => pair.Key, static pair => pair.Value, StringComparer.Ordinal)
                        .OrderBy(static reason => reason.Key, StringComparer.Ordinal).Select(static reason => KeyValuePair.Create(reason.Key, reason.Sum()))],
                };
            }
        }

        return evidence with { Additional = [KeyValuePair.Create("parts", new EvidenceValue { Texts = [.. rows.Select((row, i) => row?.Definition ?? owners[i].Description.Definition).Distinct()] })] };
    }

    private static long? Least(long? one, long? other) => one is null ? other : other is null ? one : Math.Min(one.Value, other.Value);

    private IndicatorRow Row(IndicatorRow?[] rows)
    {
        var some = rows.OfType<IndicatorRow>().ToList();
        var first = some[0];
        var result = new IndicatorRow
        {
            Indicator = Description.Id,
            Definition = Description.Definition,
            Group = first.Group,
            WindowStart = some.Min(static row => row.WindowStart),
            WindowEnd = some.Max(static row => row.WindowEnd),
            Unit = Description.Unit,
            Flags = some.Aggregate(ResultFlags.None, static (flags, row) => flags | row.Flags),
            Evidence = EvidenceOf(rows, parts),
        };
        var isHidden = result.Evidence is null || some.Exists(static row => row.Reason == ResultReason.Disclosure);
        if (isHidden)
        {
            result = result with { Flags = ResultFlags.None, Evidence = null };
        }

        ResultReason? missing = Worst(some, ResultStatus.NotAvailable) ?? (some.Count < rows.Length ? ResultReason.NoData : null);
        var suppressed = Worst(some, ResultStatus.Suppressed) ?? (isHidden ? ResultReason.Disclosure : null);
        if (missing is not null || suppressed is not null)
        {
            return Figure.Judge(result, missing, suppressed);
        }

        var isExact = true;
        var value = _expression.Evaluate(id =>
        {
            var (part, exact) = ValueOf(rows[IndexOf(id)]!);
            isExact &= exact;
            return part;
        });
        if (value is not { } known)
        {
            return Figure.Judge(result, ResultReason.ZeroDenominator, null);
        }

        var number = known.ToDouble();
        if (!double.IsFinite(number))
        {
            return Figure.Judge(result, ResultReason.NoData, null);   // beyond every double
        }

        var (numerator, denominator) = isExact ? Shown(known) : (null, null);
        return Figure.Judge(result with { Value = number, Numerator = numerator, Denominator = denominator }, null, null);
    }

    // a decimal where it is one, else both of the quotient in lowest terms
    private static (ExactNumber? Numerator, ExactNumber? Denominator) Shown(Rational value)
    {
        const int MostPlaces = 40;
        var rest = value.Denominator;
        var places = 0;
        for (; places < MostPlaces && !rest.IsOne; places++)
        {
            var common = BigInteger.GreatestCommonDivisor(rest, 10);
            if (common.IsOne)
            {
                return (new ExactNumber(value.Numerator), new ExactNumber(value.Denominator));
            }

            rest /= common;
        }

        return rest.IsOne
            ? (new ExactNumber(value.Numerator * BigInteger.Pow(10, places) / value.Denominator, places), null)
            : (new ExactNumber(value.Numerator), new ExactNumber(value.Denominator));
    }

    private static ResultReason? Worst(List<IndicatorRow> rows, ResultStatus status)
    {
        ResultReason? worst = null;
        foreach (var row in rows)
        {
            if (row.Status == status && row.Reason is { } reason && (worst is null || reason < worst))
            {
                worst = reason;
            }
        }

        return worst;
    }

    private int IndexOf(string id)
    {
        var at = 0;
        while (Names[at] != id)
        {
            at++;
        }

        return at;
    }
}
