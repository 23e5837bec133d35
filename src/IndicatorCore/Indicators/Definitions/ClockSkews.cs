using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// Devices whose clock is wrong, by window: the median of what their rows took to arrive differs by more than 5 s from the fleet's, the median
/// of these medians, in which every device is one (indicator-definitions 1.2). Of one table, for what rows take to arrive is also a matter of their way.
/// </summary>
internal sealed class ClockSkews
{
    private const long MostSkew = 5_000_000;   // 10⁻⁶ s

    private readonly HashSet<(int Window, int Device)> _skewed = [];

    private ClockSkews()
    {
    }

    /// <summary>Whether a device's clock is wrong in a window.</summary>
    public bool Has(int window, int device) => _skewed.Contains((window, device));

    /// <summary>By what probes took to arrive, those in wide rows too.</summary>
    public static ClockSkews OfProbes(ReportContext report, WindowPlan plan) =>
        Of(report, plan, "probes", TableCatalog.IndexOf("probe"), TableCatalog.IndexOf(TableCatalog.Telemetry));

    /// <summary>By what the rows of a table took to arrive.</summary>
    public static ClockSkews OfTable(ReportContext report, WindowPlan plan, int table) => Of(report, plan, TableCatalog.All[table].Name, table);

    private static ClockSkews Of(ReportContext report, WindowPlan plan, string what, params int[] tables) =>
        report.Once((typeof(ClockSkews), what, plan), () => Judge(report, plan, tables));

    private static ClockSkews Judge(ReportContext report, WindowPlan plan, int[] tables)
    {
        var values = report.State.Values;
        var devices = new Dictionary<(int Window, int Device), QuantileTotals>();
        for (var slot = 0; slot < values.Count; slot++)
        {
            var key = values.Keys[slot];
            if (!tables.Contains(key.Kind - ValueKind.Delay) || key.Place.Leaf.Device < 0 || plan.Of(key.Place.Pane) is not (>= 0 and var window))
            {
                continue;
            }

            var at = (window, key.Place.Leaf.Device);
            if (!devices.TryGetValue(at, out var delays))
            {
                devices.Add(at, delays = new QuantileTotals());
            }

            delays.Add(values.At(slot));
        }

        var skews = new ClockSkews();
        foreach (var window in devices.Where(static pair => pair.Value.Count > 0)
            .Select(pair => (pair.Key.Window, pair.Key.Device, Median: Median(pair.Value, values)))
            .GroupBy(static device => device.Window))
        {
            long[] medians = [.. window.Select(static device => device.Median).Order()];
            var fleet = medians[QuantileTotals.Rank(50, medians.Length) - 1];
            foreach (var (_, device, median) in window)
            {
                if (Int128.Abs((Int128)median - fleet) > MostSkew)
                {
                    skews._skewed.Add((window.Key, device));
                }
            }
        }

        return skews;
    }

    private static long Median(QuantileTotals delays, QuantileStore values) => delays.Select(values.NewSample, QuantileTotals.Rank(50, delays.Count)).Values[0];
}
