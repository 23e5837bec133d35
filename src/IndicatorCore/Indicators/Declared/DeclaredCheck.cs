using System.Globalization;
using System.Numerics;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Errors;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Declared;

/// <summary>
/// Declared against measured (indicator-definitions 10): what a factory wrote into a form beside what its telemetry says. Overstated is
/// what is declared better than it was measured, by <see cref="IndicatorDescription.Direction"/>.
/// </summary>
/// <remarks>
/// A figure is consistent where some value that the text admits (以上 and 以下 include their number) lies in the measured 95 % interval; without
/// an interval a ratio may be 2 percentage points off, a count must be met (约: within 2 % of the measured count), and another quantity must
/// round to what is written (约: likewise 2 %). Bounds of what was not measured (<c>cov_grid</c>) count as an interval, and 2 points around the value too.
/// </remarks>
public static class DeclaredCheck
{
    private const string Level = "factory";

    /// <summary>The id of the indicator that measures a declared figure, or null where none does.</summary>
    /// <param name="printed">An id, a name of the catalogue, or the words that a form prints, such as <c>关键设备联网率</c>.</param>
    public static string? IndicatorOf(string printed)
    {
        ArgumentNullException.ThrowIfNull(printed);
        return DeclaredNames.Find(printed);
    }

    /// <summary>The query that measures what a registry declares: by factory, and no indicator beyond those declared.</summary>
    /// <param name="query">What is asked otherwise: registry, source, window, profile ...; of <see cref="IndicatorQuery.Select"/> what is declared remains.</param>
    /// <returns>The query; null where nothing that is declared can be computed.</returns>
    /// <exception cref="ConfigurationException">There is no registry, or it declares nothing.</exception>
    public static IndicatorQuery? Measuring(IndicatorQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Registry is not { Declared.Count: > 0 } registry)
        {
            throw new ConfigurationException(
                query.Registry is null ? "Nothing is declared without a registry" : "The registry declares nothing",
                advice: "Give a registry with a table declared: factory, indicator (指标) and text (申报值).");
        }

        var declared = registry.Declared.Select(static row => DeclaredNames.Find(row.Indicator)).OfType<string>().ToHashSet();
        var asked = query.Select.SelectMany(static id => (IndicatorCatalog.Find(id) is { } whole && whole.Id == id ? whole.Parts : []).Append(id)).ToHashSet();
        string[] select = [.. declared.Where(id => asked.Count == 0 || asked.Contains(id)).Order(StringComparer.Ordinal)];
        return select.Length == 0 ? null : query with { GroupBy = [Level], Select = select, UserDefined = null };
    }

    /// <summary>Compares everything that a registry declares with a report by factory.</summary>
    /// <param name="registry">What is declared.</param>
    /// <param name="report">A report of <see cref="Measuring"/>, or any that has the level <c>factory</c>.</param>
    public static DeclaredReport Compare(IndicatorRegistry registry, IndicatorReport report)
    {
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(report);
        var measured = report.Rows.Where(static row => row.Group is [{ Key: Level }]).ToLookup(static row => (row.Group[0].Value, row.Indicator));
        var figures = new List<DeclaredFigure>();
        var without = new List<DeclaredRecord>();
        foreach (var record in registry.Declared)
        {
            if (DeclaredNames.Find(record.Indicator) is not { } id)
            {
                without.Add(record);
                continue;
            }

            var rows = measured[(record.Factory, id)].ToList();
            figures.AddRange(rows.Count == 0 ? [Judge(record, measured: null)] : rows.Select(row => Judge(record, row)));
        }

        return new DeclaredReport
        {
            Figures =
            [
                .. figures.OrderBy(static figure => figure.Record.Factory, StringComparer.Ordinal)
                    .ThenBy(static figure => figure.Indicator, StringComparer.Ordinal)
                    .ThenBy(static figure => figure.Measured?.WindowStart),
            ],
            WithoutCounterpart = without,
            Measured = report,
        };
    }

    /// <summary>Judges one declared figure.</summary>
    /// <param name="record">What is declared.</param>
    /// <param name="measured">What was measured of that factory, or null where nothing was.</param>
    /// <exception cref="ArgumentException">No indicator measures it, see <see cref="IndicatorOf"/>, or another one was measured.</exception>
    public static DeclaredFigure Judge(DeclaredRecord record, IndicatorRow? measured)
    {
        ArgumentNullException.ThrowIfNull(record);
        var id = DeclaredNames.Find(record.Indicator) ?? throw new ArgumentException($"No indicator measures '{record.Indicator}'.", nameof(record));
        if (measured is not null && measured.Indicator != id)
        {
            throw new ArgumentException($"'{record.Indicator}' is measured by {id} and not by {measured.Indicator}.", nameof(measured));
        }

        var text = DeclaredText.Parse(record.Text);
        var figure = new DeclaredFigure { Record = record, Indicator = id, Declared = text, Measured = measured, Relation = text.Relation };
        if (!text.IsParsed)
        {
            return figure with { Obstacle = DeclaredObstacle.NotParsed };
        }

        if (measured is null)
        {
            return figure with { Obstacle = DeclaredObstacle.NoRow };
        }

        var description = IndicatorCatalog.Find(id)!;
        if (text.Change != IndicatorChange.None && description.Change == IndicatorChange.None)
        {
            return figure with { Obstacle = DeclaredObstacle.ChangeOfLevel };
        }

        if (Factor(text, measured.Unit) is not { } factor)
        {
            return figure with { Obstacle = DeclaredObstacle.UnitMismatch };
        }

        figure = InUnitOf(figure, factor, isTurned: text.Change != IndicatorChange.None && text.Change != description.Change);
        return measured switch
        {
            { Status: ResultStatus.NotAvailable } => figure with { Obstacle = DeclaredObstacle.NotAvailable },
            { Status: ResultStatus.Suppressed } or { Value: null } => figure with { Obstacle = DeclaredObstacle.Suppressed },
            _ => Compared(figure, measured, description, text.Resolution.Times(factor.Numerator, factor.Denominator)),
        };
    }

    /// <summary>Why a text could never be compared with an indicator, whatever is measured; null where it could.</summary>
    internal static DeclaredObstacle? Obstacle(DeclaredText text, string id)
    {
        var description = IndicatorCatalog.Find(id)!;
        return text.Change != IndicatorChange.None && description.Change == IndicatorChange.None ? DeclaredObstacle.ChangeOfLevel
            : description.Id == id && Factor(text, description.Unit) is null ? DeclaredObstacle.UnitMismatch   // parts have units of their own
            : null;
    }

    private static DeclaredFigure Compared(DeclaredFigure figure, IndicatorRow measured, IndicatorDescription description, DeclaredNumber resolution)
    {
        var value = ValueOf(measured);
        var admitted = DeclaredRange.Of(figure.Relation, figure.Value!.Value, figure.Upper);
        var beyond = admitted.Beyond(value);
        var isRatio = measured.Unit == "ratio";
        var isConsistent = admitted.Contains(value);
        if (measured is { Low: { } low, High: { } high })
        {
            isConsistent |= admitted.Meets(Exact(low), Exact(high)) || (description.HasBounds && beyond.Absolute() <= Tolerance(figure, measured, resolution, value));
        }
        else
        {
            isConsistent |= Tolerance(figure, measured, resolution, value) is var tolerance && tolerance.Numerator.Sign > 0 && beyond.Absolute() <= tolerance;
        }

        var difference = isRatio ? beyond.Times(100, 1) : beyond;
        return figure with
        {
            Difference = ExactRatio.ToDouble(difference.Numerator, difference.Denominator),
            DifferenceUnit = isRatio ? "pp" : measured.Unit,
            Verdict = isConsistent ? DeclaredVerdict.Consistent
                : admitted.IsAbove(value) == (description.Direction is null or IndicatorDirection.HigherIsBetter) ? DeclaredVerdict.Overstated
                : DeclaredVerdict.Understated,
        };
    }

    // how far a figure without interval may be off
    private static DeclaredNumber Tolerance(DeclaredFigure figure, IndicatorRow measured, DeclaredNumber resolution, DeclaredNumber value) =>
        measured.Unit == "ratio" ? DeclaredNumber.Of(2, 100)
        : figure.Relation == DeclaredRelation.Approximate ? value.Absolute().Times(2, 100)
        : measured.Unit == "1" ? default
        : resolution.Times(1, 2);

    private static DeclaredFigure InUnitOf(DeclaredFigure figure, (BigInteger Numerator, BigInteger Denominator) factor, bool isTurned)
    {
        var (low, high) = (figure.Declared.Value.Times(factor.Numerator, factor.Denominator), figure.Declared.Upper?.Times(factor.Numerator, factor.Denominator));
        if (!isTurned)
        {
            return figure with { Value = low, Upper = high };
        }

        return figure with
        {
            Value = (high ?? low).Negated(),
            Upper = high is null ? null : low.Negated(),
            Relation = figure.Relation switch
            {
                DeclaredRelation.AtLeast => DeclaredRelation.AtMost,
                DeclaredRelation.GreaterThan => DeclaredRelation.LessThan,
                DeclaredRelation.AtMost => DeclaredRelation.AtLeast,
                DeclaredRelation.LessThan => DeclaredRelation.GreaterThan,
                _ => figure.Relation,
            },
        };
    }

    // how many of the measured unit a declared one is; null where they do not go together
    private static (BigInteger Numerator, BigInteger Denominator)? Factor(DeclaredText text, string unit) => (text.Unit, unit) switch
    {
        (DeclaredUnit.Ratio, "ratio") => (1, 1),

        // 0.3 is a ratio; 30 is neither 30 % nor 30 times, and 1 may be 1 %
        (DeclaredUnit.None, "ratio") => IsBelowOne(text) ? (1, 1) : null,
        (DeclaredUnit.None or DeclaredUnit.Count, "1" or "1/10000") => (1, 1),
        (DeclaredUnit.Second, "ms") => (1_000, 1),
        (DeclaredUnit.Second, "s") => (1, 1),
        (DeclaredUnit.Second, "h") => (1, 3_600),
        (DeclaredUnit.BitPerSecond, "bit/s") => (1, 1),
        (DeclaredUnit.KilowattHour, "kWh") => (1, 1),
        (DeclaredUnit.DecibelMilliwatt, "dBm") => (1, 1),
        (DeclaredUnit.Decibel, "dB") => (1, 1),
        (DeclaredUnit.None or DeclaredUnit.Score, "points") => (1, 1),
        (DeclaredUnit.Yuan, "CNY/person" or "CNY/100 CNY") => (1, 1),
        _ => null,
    };

    private static bool IsBelowOne(DeclaredText text) => (text.Upper ?? text.Value) is var highest
        && BigInteger.Abs(highest.Numerator) < highest.Denominator && BigInteger.Abs(text.Value.Numerator) < text.Value.Denominator;

    // the exact ratio where the figure is one, else the digits that are published
    private static DeclaredNumber ValueOf(IndicatorRow row) =>
        row is { Numerator: { } numerator, Denominator: { } denominator } && !denominator.Unscaled.IsZero
        && Of(numerator, denominator) is var ratio && ExactRatio.ToDouble(ratio.Numerator, ratio.Denominator).Equals(row.Value!.Value)
            ? ratio
            : Exact(row.Value!.Value);

    private static DeclaredNumber Of(ExactNumber numerator, ExactNumber denominator) =>
        DeclaredNumber.Of(numerator.Unscaled * BigInteger.Pow(10, denominator.Scale), denominator.Unscaled * BigInteger.Pow(10, numerator.Scale));

    // a double's shortest form, exactly
    private static DeclaredNumber Exact(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var mantissa = shortest.Split('E')[0];
        var exponent = shortest.Contains('E', StringComparison.Ordinal) ? int.Parse(shortest.Split('E')[1], CultureInfo.InvariantCulture) : 0;
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        exponent -= point < 0 ? 0 : mantissa.Length - point - 1;
        var digits = BigInteger.Parse(mantissa.Replace(".", string.Empty, StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return exponent >= 0 ? DeclaredNumber.Of(digits * BigInteger.Pow(10, exponent)) : DeclaredNumber.Of(digits, BigInteger.Pow(10, -exponent));
    }
}
