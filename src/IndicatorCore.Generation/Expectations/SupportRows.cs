using System.Numerics;

namespace IndicatorCore.Generation.Expectations;

/// <summary>The rows of <c>oee</c>, <c>fpy</c>, <c>scrap</c>, <c>energy_intensity</c>, <c>energy_kwh</c>, <c>mtbf</c> and <c>mttr</c> (indicator-definitions 7).</summary>
internal static class SupportRows
{
    private static readonly BigInteger s_million = 1_000_000;

    public static IEnumerable<ExpectedRow> Of(Scope scope, bool floors, Ledger ledger, int firstDay, int referenceDay)
    {
        var rows = FigureRows.Of(scope, floors, firstDay, referenceDay, part => Oee(part, ledger))
            .Concat(FigureRows.Of(scope, floors, firstDay, referenceDay, part => FirstPass(part, ledger)))
            .Concat(FigureRows.Of(scope, floors, firstDay, referenceDay, part => Scrap(part, ledger)))
            .Concat(FigureRows.Of(scope, floors, firstDay, referenceDay, part => Energy(part, ledger)))
            .Concat(FigureRows.Of(scope, floors, firstDay, referenceDay, part => Intensity(part, ledger)));
        return ledger.Stops is null ? rows : rows
            .Concat(FigureRows.Of(scope, floors, firstDay, referenceDay, part => Stops(part, ledger.Stops, firstDay, referenceDay, "mtbf")))
            .Concat(FigureRows.Of(scope, floors, firstDay, referenceDay, part => Stops(part, ledger.Stops, firstDay, referenceDay, "mttr")));
    }

    private static IReadOnlyList<Figure> Oee(Scope scope, Ledger ledger)
    {
        var sums = ledger.Support.Of(scope.Lines);
        if (!sums.HasRows)
        {
            return [];
        }

        // all in microseconds; a twentieth of an hour is 180 s
        var (planned, actual) = ((BigInteger)sums.Planned * 180 * s_million, (BigInteger)sums.Actual * 180 * s_million);
        var (produced, good) = ((BigInteger)sums.Produced, (BigInteger)sums.Good);
        string[] flags = ledger.HasIdealTimes && produced > actual ? ["PERFORMANCE_ABOVE_100"] : [];
        var missing = ledger.HasIdealTimes ? null : "MISSING_COLUMN";

        Figure Share(string part, BigInteger numerator, BigInteger denominator) => new()
        {
            Indicator = "oee" + part,
            Value = denominator.IsZero ? null : Exact.Nearest(numerator, denominator),
            Numerator = Hours(numerator),
            Denominator = Hours(denominator),
            NotAvailable = missing ?? (planned.IsZero || denominator.IsZero ? "ZERO_DENOMINATOR" : null),
            Flags = flags,
            Weight = denominator,
        };

        return
        [
            Share(string.Empty, good, planned), Share(".availability", actual, planned), Share(".effectiveness", produced, actual),
            Share(".quality", good, produced),
        ];
    }

    private static IReadOnlyList<Figure> FirstPass(Scope scope, Ledger ledger)
    {
        var sums = ledger.Support.Of(scope.Lines);
        return !sums.HasRows ? [] :
        [
            OfOneUnit(Figure.Ratio("fpy", sums.FirstPass, sums.Started, 3), sums.FirstPassUnits, ledger.HasIdealTimes ? null : "MISSING_COLUMN"),
        ];
    }

    private static IReadOnlyList<Figure> Scrap(Scope scope, Ledger ledger)
    {
        var sums = ledger.Support.Of(scope.Lines);
        return !sums.HasRows ? [] : [OfOneUnit(Figure.Ratio("scrap", sums.Total - sums.TotalGood, sums.Total, 3), sums.TotalUnits, null)];
    }

    // "quantities of different units are never added"
    private static Figure OfOneUnit(Figure figure, SortedSet<string> units, string? missing) =>
        figure with { NotAvailable = missing ?? (units.Count > 1 ? "NO_COMMON_UNIT" : figure.NotAvailable) };

    private static IReadOnlyList<Figure> Energy(Scope scope, Ledger ledger)
    {
        if (scope.Lines.Count == 0)
        {
            return [];
        }

        var (readings, valid, _) = ledger.Readings?.Of(scope.Lines) ?? default;
        var sum = (BigInteger)(ledger.Energy.WattHours(scope.Lines) + readings);
        return
        [
            new Figure
            {
                Indicator = "energy_kwh",
                Value = Exact.Nearest(sum, 1_000),
                Numerator = Exact.Text(sum, 3),
                Evidence = [new("n_valid", ledger.Energy.ValidRows(scope.Lines) + valid)],
                Weight = sum,
            },
        ];
    }

    private static IReadOnlyList<Figure> Intensity(Scope scope, Ledger ledger)
    {
        if (scope.Lines.Count == 0)
        {
            return [];
        }

        // "energy of idle time included"; an energy row's own output goes before that of production
        var sums = ledger.Support.Of(scope.Lines);
        var energy = ledger.Support.HasOwn
            ? (BigInteger)sums.OwnWattHours
            : (BigInteger)(ledger.Energy.WattHours(scope.Lines) + (ledger.Readings?.Of(scope.Lines).WattHours ?? 0));
        var output = (BigInteger)(ledger.Support.HasOwn ? sums.OwnOutput : sums.Output);
        var units = ledger.Support.HasOwn ? sums.OwnUnits : sums.OutputUnits;
        var whole = OfOneUnit(Figure.Ratio("energy_intensity", energy, output, 3), units, null);

        // kgce = kWh · 0.1229
        return
        [
            whole,
            whole with
            {
                Indicator = "energy_intensity.kgce",
                Value = output.IsZero ? null : Exact.Nearest(energy * 1_229, output * 10_000),
                Numerator = Exact.Text(energy * 1_229, 7),
            },
        ];
    }

    private static IReadOnlyList<Figure> Stops(Scope scope, StopLedger stops, int firstDay, int referenceDay, string indicator)
    {
        var count = stops.Of(scope.Lines, firstDay, referenceDay);
        if (!count.HasRows)
        {
            return [];
        }

        var milliseconds = (BigInteger)(indicator == "mtbf" ? count.Up : count.Down);
        return
        [
            new Figure
            {
                Indicator = indicator,
                Value = count.Failures == 0 ? null : Exact.Nearest(milliseconds, (BigInteger)count.Failures * 3_600_000),
                Numerator = Hours(milliseconds * 1_000),
                Denominator = Exact.Text(count.Failures, 0),
                NotAvailable = count.Failures == 0 ? "ZERO_DENOMINATOR" : null,
                Weight = count.Failures,
            },
        ];
    }

    // "plain sums are printed in hours with at most 12 decimals, half to even" (10.2)
    private static string Hours(BigInteger microseconds) => Exact.Text(Exact.RoundedQuotient(microseconds * s_million, 3_600), 12);
}
