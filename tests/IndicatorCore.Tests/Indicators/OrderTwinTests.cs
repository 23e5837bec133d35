using System.Globalization;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Order-dependent indicators against twins in plain loops, second by second and reading by reading.</summary>
public sealed class OrderTwinTests
{
    private const int Day = 86_400;

    private static readonly IndicatorQuery s_query = Reports.NoFloor with { Source = SourceProfile.Parse("""{ "nominal_period": "20s" }""", "test") };

    public static TheoryData<int> Seeds() => [1, 2, 3, 4, 5, 6];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Availability_is_what_every_second_says(int seed)
    {
        var rows = OrderLawsTests.Rows(new Random(seed), 150);
        var up = new Dictionary<string, bool[]>();
        foreach (var row in rows[0].Rows.Where(static row => row[1] is not null && (bool)row[3]!))
        {
            var seconds = up.TryGetValue((string)row[1]!, out var known) ? known : up[(string)row[1]!] = new bool[Day];
            seconds.AsSpan(Second(row[0]), 60).Fill(true);   // three periods
        }

        var found = Found(rows, "link_avail");
        Assert.Equal($"{up.Values.Sum(static seconds => seconds.Count(static isUp => isUp))}/{up.Count * Day}", found.Fraction());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Coverage_is_what_every_second_says(int seed)
    {
        var rows = OrderLawsTests.Rows(new Random(seed), 250);
        var devices = rows[1].Rows.Where(static row => row[1] is not null).GroupBy(static row => (string)row[1]!).ToList();
        var covered = 0;
        foreach (var device in devices)
        {
            var samples = device.GroupBy(static row => Second(row[0])).ToDictionary(
                static samples => samples.Key, static samples => samples.All(static row => row[3] is not null && (double)row[4]! >= -105 && (double)row[5]! >= -3));
            for (var second = 0; second < Day; second++)
            {
                // the last sample, if it is not older than two periods
                var at = Enumerable.Range(0, 40).Select(back => second - back).FirstOrDefault(samples.ContainsKey, -1);
                covered += at >= 0 && samples[at] ? 1 : 0;
            }
        }

        Assert.Equal($"{covered}/{devices.Count * Day}", Found(rows, "cov_time").Fraction());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Loss_is_what_sets_of_numbers_say(int seed)
    {
        var rows = OrderLawsTests.Rows(new Random(seed), 400);
        var (lost, expected, duplicates) = (0, 0, 0);

        // a device's flow is one sequence wherever the device stood
        foreach (var flow in rows[2].Rows.GroupBy(static row => (row[1], row[1] is null ? row[2] : null, row[3])))
        {
            // numbers lie within 80 around the wrap: no restart, and which side of it tells the unwrapped number
            var packets = flow.Select(static row => (Time: row[0], Number: (int)row[4]! < 1_000 ? (int)row[4]! + 65_536 : (int)row[4]!, IsReceived: row[5] is not null && !(bool)row[7]!))
                .Distinct().ToList();
            var received = packets.Where(static packet => packet.IsReceived).ToList();
            var span = packets.Max(static packet => packet.Number) - packets.Min(static packet => packet.Number) + 1;
            expected += span;
            lost += span - received.DistinctBy(static packet => packet.Number).Count();
            duplicates += received.Count - received.DistinctBy(static packet => packet.Number).Count();
        }

        using var engine = Reports.Engine(s_query with { Select = ["loss"] }, OrderLawsTests.Exports(rows, 64));
        var report = engine.Finish();
        Assert.Equal($"{lost}/{expected}", report.Row("loss").Fraction());
        Assert.Equal(duplicates, report.Row("loss.duplicates").Value);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Throughput_is_what_neighbouring_readings_say(int seed)
    {
        var rows = OrderLawsTests.Rows(new Random(seed), 300);
        long bits = 0, seconds = 0, resets = 0;
        foreach (var counter in rows[3].Rows.GroupBy(static row => (row[1], row[2], row[3])))
        {
            var readings = counter.GroupBy(static row => Second(row[0]))
                .Select(static at => at.OrderByDescending(static row => (long)row[4]!).ThenByDescending(static row => (double?)row[6] ?? 0).First())
                .OrderBy(static row => Second(row[0])).ToList();
            for (var i = 1; i < readings.Count; i++)
            {
                var (time, bytes) = (Second(readings[i][0]) - Second(readings[i - 1][0]), (long)readings[i][4]! - (long)readings[i - 1][4]!);
                var capacity = (double?)readings[i][6] ?? 0;
                var wrapped = bytes + 65_536;
                if (bytes < 0 && (capacity > 0 ? wrapped * 8 >= capacity * time : wrapped >= 32_768))
                {
                    resets++;
                    continue;
                }

                bits += 8 * (bytes < 0 ? wrapped : bytes);
                seconds += time;
            }
        }

        using var engine = Reports.Engine(s_query with { Select = ["thr"] }, OrderLawsTests.Exports(rows, 64));
        var report = engine.Finish();
        Assert.Equal($"{bits}/{seconds}", report.Row("thr").Fraction());
        Assert.Equal(resets, report.Row("thr.resets").Value);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Sessions_are_what_every_second_says(int seed)
    {
        var rows = OrderLawsTests.Rows(new Random(seed), 200);
        var valid = rows[4].Rows.Where(static row => Second(row[1]) >= Second(row[0])).ToList();
        var sessions = valid.GroupBy(static row => row[4] is null ? (row[2], row[3], (object)(row[0], row[1])) : (row[2], null, row[4]!))
            .Select(static session => (Start: session.Min(static row => Second(row[0])), End: session.Max(static row => Second(row[1])))).ToList();
        var most = Enumerable.Range(0, Day).Max(second => sessions.Count(session => session.Start <= second && second < session.End));
        Assert.Equal(most, Found(rows, "concurrency").Value);
        Assert.Equal(
            $"{sessions.Count(static session => session.End - session.Start > 3_600)}/{valid.DistinctBy(static row => row[2]).Count()}", Found(rows, "conn").Fraction());
    }

    private static IndicatorRow Found((Func<ExportBuilder> Make, object?[][] Rows)[] rows, string indicator) =>
        Reports.Of(s_query with { Select = [indicator] }, OrderLawsTests.Exports(rows, 64)).Row(indicator);

    private static int Second(object? time) => (int)DateTime.Parse((string)time!, CultureInfo.InvariantCulture).TimeOfDay.TotalSeconds;
}
