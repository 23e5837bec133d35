using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary>Shares the rows out over tables: the calendar's tables take what they need, the rest goes to the high-volume ones.</summary>
internal static class TablePlan
{
    public static IReadOnlyList<TableSource> Of(GenerationOptions options, ProvinceModel province, Ledger ledger)
    {
        var lineDays = (long)options.Days * province.Lines.Count;
        var shifts = options.Period is null && lineDays * 4 > options.Rows / 2 ? 1 : 3;
        var period = options.Period is { } given ? (int)(TimeSpan.TicksPerDay / given.Ticks) : (int?)null;
        var production = new ProductionSimulation(province, shifts);
        var cost = new CostSimulation(province, production);
        var isWide = options.Layout == GenerationLayout.Telemetry;
        ledger.HasCostColumns = isWide || cost.Candidates > 0;
        var calendar = (lineDays * (isWide ? shifts : shifts + 1)) + cost.Candidates;
        var rest = Math.Max(options.Rows / 5, options.Rows - calendar);
        if (isWide)
        {
            var wideTicks = period ?? Ticks(rest, province.Devices.Count, province, 4, 1_440);
            var heartbeats = new ConnectivitySimulation(province, wideTicks);
            var wide = new TelemetryShape(province, options.Periods ? ConnectivityTable.Source(heartbeats) : null);
            return
            [
                new TelemetryLineTable(wide, production, new EnergySimulation(province, shifts), ledger),
                new TelemetryCostTable(wide, cost, ledger),
                new TelemetryDeviceTable(
                    province, wide, heartbeats, new RadioSimulation(province, wideTicks), ledger, options.Periods),
            ];
        }

        (ledger.HasIdealTimes, ledger.HasDeadlines) = (true, true);
        var modems = province.RadioDevices.Count;
        return
        [
            new ProductionTable(province, production, ledger),
            new EnergyTable(province, new EnergySimulation(province, 1), ledger),
            new ReadingTable(province, new ReadingSimulation(province), ledger),
            new CostTable(province, cost, ledger),
            new DowntimeTable(province, new DowntimeSimulation(province), ledger),
            new ConnectivityTable(
                province, new ConnectivitySimulation(province, period ?? Ticks(rest * 45 / 100, province.Devices.Count, province, 1, 1_440)), ledger, options.Periods),
            new RadioTable(province, new RadioSimulation(province, period ?? Ticks(rest * 40 / 100, modems, province, 4, 2_880)), ledger, options.Periods),
            new ProbeTable(province, new ProbeSimulation(province, period ?? Ticks(rest * 7 / 100, modems, province, 1, 1_440)), ledger),
            new CounterTable(province, new CounterSimulation(province, Slow(96) ?? Ticks(rest * 4 / 100, province.Factories.Count * 2, province, 1, 96)), ledger),
            new SessionTable(province, new SessionSimulation(province, Slow(24) ?? Ticks(rest * 4 / 100, modems, province, 1, 24)), ledger),
        ];

        // counters and sessions go at a pace of their own, unless devices are slower still
        int? Slow(int most) => period is { } ticks ? Enumerable.Range(1, Math.Min(most, ticks)).Last(static count => 86_400 % count == 0) : null;
    }

    // Numbers of ticks a day that divide it into whole minutes, so that ticks never cross midnight.
    private static int Ticks(long rows, int objects, ProvinceModel province, int least, int most)
    {
        var wanted = rows / Math.Max(1, (long)objects * province.HotDays);
        var ticks = (int)Math.Clamp(wanted, least, most);
        while (86_400 % ticks != 0)
        {
            ticks--;
        }

        return ticks;
    }
}
