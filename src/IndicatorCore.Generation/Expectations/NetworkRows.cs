using System.Numerics;
using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>The rows of <c>reliability</c>, <c>jitter</c>, <c>loss</c>, <c>thr</c>, <c>capacity</c>, <c>conn</c> and <c>concurrency</c> (indicator-definitions 6).</summary>
internal static class NetworkRows
{
    public static IEnumerable<ExpectedRow> Of(Scope scope, bool floors, Ledger ledger, int firstDay, int referenceDay)
    {
        IEnumerable<ExpectedRow> Rows(Func<Scope, IReadOnlyList<Figure>> of) => FigureRows.Of(scope, floors, firstDay, referenceDay, of);

        var rows = Rows(part => Jitter(part, ledger)).Concat(Rows(part => Reliability(part, ledger)));
        if (ledger.Packets is { } packets)
        {
            rows = rows.Concat(Rows(part => Loss(part, ledger, packets)));
        }

        if (ledger.Counters is { } counters)
        {
            rows = rows.Concat(Rows(part => Throughput(part, ledger, counters))).Concat(Rows(part => Capacity(part, ledger, counters)));
        }

        if (ledger.Sessions is { } sessions)
        {
            rows = rows.Concat(Rows(part => Connections(part, sessions))).Concat(Rows(part => Concurrency(part, sessions)));
        }

        return rows;
    }

    private static IReadOnlyList<Figure> Jitter(Scope scope, Ledger ledger)
    {
        var count = ledger.Latency.Of(scope.Lines);
        if (count.Received == 0)
        {
            return [];
        }

        Figure Spread(string indicator, bool ofSent)
        {
            var (median, tail) = (count.Quantile(50, ofSent), count.Quantile(95, ofSent));
            var size = ofSent ? count.Valid + count.Lost : count.Valid;
            return new Figure
            {
                Indicator = indicator,
                Value = tail is null ? null : Exact.Nearest(tail.Value - median!.Value, 1_000_000),
                NotAvailable = size == 0 ? "NO_DATA" : tail is null ? "LOSS_EXCEEDS_TAIL" : null,
                Weight = count.Valid,
            };
        }

        return [Spread("jitter", ofSent: true), Spread("jitter_rx", ofSent: false)];
    }

    private static IReadOnlyList<Figure> Reliability(Scope scope, Ledger ledger)
    {
        var count = ledger.Latency.Of(scope.Lines);
        if (count.Received == 0)
        {
            return [];
        }

        if (!ledger.HasDeadlines)
        {
            return [new Figure { Indicator = "reliability", NotAvailable = "MISSING_COLUMN" }];
        }

        var figure = Figure.Ratio("reliability", count.InTime, count.Judged);
        var (low, high) = Wilson(count.InTime, count.Judged);
        return [figure with { Low = low, High = high }];
    }

    // The 95 % interval of 1.7, the normal quantile of 1.5; in doubles, as 1.5 allows for it.
    private static (double? Low, double? High) Wilson(long successes, long trials)
    {
        if (trials == 0)
        {
            return (null, null);
        }

        const double z = 1.959963984540054;
        double n = trials;
        var p = successes / n;
        var middle = p + (z * z / (2 * n));
        var half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n)));
        var whole = 1 + (z * z / n);
        return (successes == 0 ? 0 : (middle - half) / whole, successes == trials ? 1 : (middle + half) / whole);
    }

    private static IReadOnlyList<Figure> Loss(Scope scope, Ledger ledger, PacketLedger packets)
    {
        if (ledger.Latency.Of(scope.Lines).Received == 0)
        {
            return [];
        }

        var count = packets.Of(scope.Lines);
        return
        [
            Figure.Ratio("loss", count.Expected - count.Received, count.Expected),
            Figure.Count("loss.duplicates", count.Duplicates),
            Figure.Count("loss.reordered", count.Reordered),
        ];
    }

    private static IReadOnlyList<Figure> Throughput(Scope scope, Ledger ledger, CounterLedger counters)
    {
        var factories = CountersOf(scope, ledger);
        if (factories.Count == 0)
        {
            return [];
        }

        Figure Rate(string indicator, int? direction)
        {
            // bit/s of bytes and milliseconds
            var count = counters.Of(factories, direction);
            var (bits, time) = ((BigInteger)count.Bytes * 8, (BigInteger)count.Milliseconds);
            return new Figure
            {
                Indicator = indicator,
                Value = time.IsZero ? null : Exact.Nearest(bits * 1_000, time),
                Numerator = Exact.Text(bits, 0),
                Denominator = Exact.Text(time, 3),
                NotAvailable = time.IsZero ? "ZERO_DENOMINATOR" : null,
                Weight = time,
            };
        }

        // Readings are minutes apart, so that no second has a rate.
        return
        [
            Rate("thr", null), Rate("thr_ul", 1), Rate("thr_dl", 0),
            new Figure { Indicator = "thr_p5", NotAvailable = "NO_DATA" }, new Figure { Indicator = "thr_p50", NotAvailable = "NO_DATA" },
            Figure.Count("thr.resets", counters.Of(factories, null).Resets),
        ];
    }

    private static IReadOnlyList<Figure> Capacity(Scope scope, Ledger ledger, CounterLedger counters)
    {
        var factories = CountersOf(scope, ledger);
        return factories.Count == 0 ? [] : [Figure.Count("capacity", counters.CapacityOf(factories))];
    }

    // A base station stands in a factory and on no line.
    private static IReadOnlyList<FactoryModel> CountersOf(Scope scope, Ledger ledger) =>
        scope.Key != "line" ? scope.Factories : scope.Group is null ? ledger.Province.Factories : [];

    private static IReadOnlyList<Figure> Connections(Scope scope, SessionLedger sessions) =>
        scope.Lines.Count == 0 || sessions.Of(scope) is not { HasRows: true } count ? [] : [Figure.Ratio("conn", count.Long, count.Devices.Count)];

    private static IReadOnlyList<Figure> Concurrency(Scope scope, SessionLedger sessions) =>
        scope.Lines.Count == 0 || sessions.Of(scope) is not { HasRows: true } count ? [] : [Figure.Count("concurrency", count.Most)];
}
