using System.Diagnostics;
using System.Globalization;
using IndicatorCore.Aggregation;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Reading;

public sealed class StateForecastTests : IDisposable
{
    private const string Refused = "looked at before reading";

    private static readonly IndicatorQuery s_hours = Reports.NoFloor with { Window = Window.Hour, GroupBy = ["line"], Select = ["energy_kwh"] };
    private static readonly IndicatorRegistry s_large = new()
    {
        Factories = [Registries.Factory("F1")],
        Lines = [.. Enumerable.Range(0, 100_000).Select(static line => Registries.Line($"L{line}"))],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void What_fits_is_never_refused_and_much_of_what_does_not_is(int seed)
    {
        var (refused, hopeless) = (0, 0);
        for (var i = 0; i < 12; i++)
        {
            var random = new Random((seed * 100) + i);
            var folder = Directory.CreateDirectory(_folder.File($"{i}")).FullName;
            var query = RandomProvince.Write(folder, random);
            using var engine = new IndicatorEngine(query with { Threads = 1 });
            Reports.ReadFiles(engine, folder);
            var needed = engine.MemoryUsed;
            foreach (var share in new[] { 0.06, 0.2, 0.4, 0.7, 0.9, 0.99, 1, 1.01, 1.5 })
            {
                var limit = (long)(needed * share);
                var isRefused = IsRefused(query with { MemoryBudget = limit, Threads = 1 + random.Next(3) }, folder);
                Assert.False(isRefused && needed <= limit, $"{needed:N0} bytes fit into {limit:N0}, province {seed}/{i}");
                hopeless += share == 0.06 ? 1 : 0;
                refused += share == 0.06 && isRefused ? 1 : 0;
            }
        }

        Assert.True(refused * 3 >= hopeless, $"{refused} of {hopeless}");
    }

    [Fact]
    public void A_hundred_thousand_lines_by_hour_over_a_year_are_no_reason_to_refuse_a_few_rows()
    {
        var export = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh");
        for (var i = 0; i < 64; i++)
        {
            export.Row($"2024-{1 + (i % 12):00}-{1 + (i / 12):00} 10:00", $"L{i * 1_000}", 1).NextBatch();
        }

        var path = _folder.Write("energy.arrow", export.ToBytes());
        var warnings = new List<string>();
        using var engine = new IndicatorEngine(s_hours with { Registry = s_large, MemoryBudget = 64 << 20, MaxWindows = 1_000_000 }) { Warning = warnings.Add };
        Reports.ReadFiles(engine, path);
        Assert.Equal(64, engine.SlotCount);
        Assert.Empty(warnings);
    }

    [Fact]
    public void A_hundred_thousand_lines_by_hour_over_a_year_in_a_billion_rows_are_refused_at_once()
    {
        using var engine = new IndicatorEngine(s_hours with { Registry = s_large, MemoryBudget = 512 << 20 });
        var context = engine.Context;
        var watch = Stopwatch.StartNew();
        var census = Described(context, rows: 1_000_000_000, sampleHours: 90);
        var forecast = StateForecast.Of(census, context, 1_000_000_000, 9_000_000);
        var fault = Assert.Throws<LimitExceededException>(forecast.ThrowIfProven);
        Assert.True(fault.IsMemoryBudget);
        Assert.True(watch.Elapsed.TotalSeconds < 30, $"{watch.Elapsed}");
        foreach (var part in new[] { "536,870,912", "100,000 scopes", "8,784 hours", "1,000,000,000 rows", "878,400,000 slots", "slots of at least 85 bytes", "--window", "--memory" })
        {
            Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_is_only_likely_too_large_is_a_doubt_and_no_refusal()
    {
        using var engine = new IndicatorEngine(s_hours with { Registry = s_large, MemoryBudget = 512 << 20 });
        var forecast = StateForecast.Of(Described(engine.Context, rows: 1_000_000_000, sampleHours: 2), engine.Context, 1_000_000_000, 200_000);
        Assert.False(forecast.IsProven);
        Assert.True(forecast.IsDoubtful);
        forecast.ThrowIfProven();
        Assert.Contains("878,400,000 slots", forecast.Doubt, StringComparison.Ordinal);

        var few = StateForecast.Of(Described(engine.Context, rows: 300_000, sampleHours: 2), engine.Context, 300_000, 200_000);
        Assert.False(few.IsProven || few.IsDoubtful);
    }

    [Fact]
    public void A_refusal_comes_before_any_row_is_counted_and_names_numbers_and_ways_out()
    {
        var folder = WriteDense(lines: 100, hours: 100);
        var progress = new List<EngineProgress>();
        using var engine = new IndicatorEngine(s_hours with { MemoryBudget = 100_000 }) { Progress = new Recorder(progress) };
        var fault = Assert.Throws<LimitExceededException>(() => Reports.ReadFiles(engine, folder));
        Assert.Contains(Refused, fault.Message, StringComparison.Ordinal);
        Assert.Contains("10,000 rows", fault.Message, StringComparison.Ordinal);
        Assert.Contains("100 scopes", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--window", fault.Message, StringComparison.Ordinal);
        Assert.True(fault.IsMemoryBudget);
        Assert.Empty(progress);
        Assert.Equal(0, engine.SlotCount);
    }

    [Fact]
    public void A_doubt_is_said_once_and_reading_goes_on()
    {
        // every line in every hour there is, but none for three months: leaves x hours are far more than there are
        var folder = WriteDense(lines: 40, hours: 100, repeats: 20, lateFrom: 60);
        var query = s_hours with { Threads = 1, GroupBy = [] };
        using var free = new IndicatorEngine(query);
        Reports.ReadFiles(free, folder);
        var warnings = new List<string>();
        using var engine = new IndicatorEngine(query with { MemoryBudget = 3_000_000 }) { Warning = warnings.Add };
        Reports.ReadFiles(engine, folder);
        Assert.Contains("40 scopes", Assert.Single(warnings), StringComparison.Ordinal);
        Reports.AssertSame(free.Finish(), engine.Finish());
    }

    [Fact]
    public void Looking_changes_no_figure_and_no_count()
    {
        var folder = WriteDense(lines: 40, hours: 100, repeats: 20);
        using var free = new IndicatorEngine(s_hours);
        Reports.ReadFiles(free, folder);
        var warnings = new List<string>();
        using var engine = new IndicatorEngine(s_hours with { MemoryBudget = 3_000_000, Threads = 1 }) { Warning = warnings.Add };
        Reports.ReadFiles(engine, folder);
        Assert.Empty(warnings);
        Assert.Equal(free.SlotCount, engine.SlotCount);
        var (expected, actual) = (free.Finish(), engine.Finish());
        Reports.AssertSame(expected, actual);
        Assert.Equal(expected.Manifest.Rows, actual.Manifest.Rows);
        Assert.Equal(expected.Manifest.Inputs.Select(static input => input.BytesRead), actual.Manifest.Inputs.Select(static input => input.BytesRead));
    }

    [Fact]
    public void A_fault_in_a_batch_that_is_looked_at_is_reported_in_its_turn()
    {
        var folder = WriteDense(lines: 100, hours: 100);
        var path = Directory.GetFiles(folder).Single();
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan((bytes.Length / 2) - 60_000, 120_000).Fill(0xFF);
        File.WriteAllBytes(path, bytes);
        var seldom = Assert.ThrowsAny<IndicatorDataException>(() => Reports.OfFiles(s_hours with { Threads = 1 }, folder));
        var looked = Assert.ThrowsAny<IndicatorDataException>(() => Reports.OfFiles(s_hours with { MemoryBudget = 400_000, Threads = 1 }, folder));
        Assert.Equal(seldom.Message, looked.Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(1_000)]
    public void Batches_are_looked_at_once_each_and_spread(int count)
    {
        var order = StateSample.Spread(count).ToList();
        Assert.Equal(Enumerable.Range(0, count), order.Order());
        var few = order.Take((count / 8) + 2).Append(0).Append(count - 1).Order().ToList();
        Assert.All(few.Zip(few.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, Math.Max(2, 20)));
    }

    private static bool IsRefused(IndicatorQuery query, string folder)
    {
        try
        {
            using var engine = new IndicatorEngine(query);
            Reports.ReadFiles(engine, folder);
            return false;
        }
        catch (LimitExceededException fault)
        {
            return fault.Message.Contains(Refused, StringComparison.Ordinal);
        }
    }

    /// <summary>A census as samples would give it: some hours of 2024, each with every line of the registry.</summary>
    private static SlotCensus Described(EngineContext context, long rows, int sampleHours)
    {
        var census = new SlotCensus(context);
        var export = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh").Row("2024-01-01 00:00", "L1", 1);
        using var file = IpcFileReader.Open(export.ToBytes(), "energy");
        census.Declare(InputBinding.Create(context, file.Schema, "energy"), rows);
        var clock = context.NewPaneClock();
        var (first, last) = (Reports.Nanoseconds("2024-01-01 00:00"), Reports.Nanoseconds("2024-12-31 23:00"));
        for (var sample = 0; sample < sampleHours; sample++)
        {
            var state = new EngineState(context.ForSample(new MemoryBudget(1L << 30)));
            var at = first + ((last - first) / ReportingClock.Hour * sample / (sampleHours - 1) * ReportingClock.Hour);
            for (var line = 0; line < 100_000; line++)
            {
                state.Energy.Slot(new PaneKey(Leaf.None with { Line = line }, clock.PaneOf(at)));
            }

            (state.FirstEvent, state.LastEvent) = (at, at);
            census.Add(state);
            state.Clear();
        }

        return census;
    }

    private string WriteDense(int lines, int hours, int repeats = 1, int lateFrom = int.MaxValue)
    {
        var export = ExportBuilder.Table("energy").Time("interval_start").Keys("line").Numbers("kwh");
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        for (var hour = 0; hour < hours; hour++)
        {
            for (var line = 0; line < lines * repeats; line++)
            {
                var at = start.AddHours(hour + (hour >= lateFrom ? 2_500 : 0));
                export.Row(at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), $"L{line % lines}", line);
            }

            if (hour < hours - 1)
            {
                export.NextBatch();
            }
        }

        Directory.CreateDirectory(_folder.File("export"));
        File.WriteAllBytes(_folder.File("export/energy.arrow"), export.ToBytes());
        return _folder.File("export");
    }

    private sealed class Recorder(List<EngineProgress> all) : IProgress<EngineProgress>
    {
        public void Report(EngineProgress value)
        {
            lock (all)
            {
                all.Add(value);
            }
        }
    }
}
