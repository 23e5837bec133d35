using IndicatorCore.Aggregation;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.State;
using IndicatorCore.Tests.Indicators.UserDefined;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.State;

public class PlaceFinderTests
{
    [Fact]
    public void The_longer_the_records_the_fewer_places_there_may_be()
    {
        var chunk = new RowChunk();
        chunk.Begin(10);
        for (var row = 0; row < 10; row++)
        {
            chunk.Pane[row] = row;
        }

        chunk.Seal();
        var finder = new PlaceFinder([static chunk => chunk.Pane], new MemoryBudget(1 << 20));
        finder.Locate(chunk);
        Assert.Equal(10, finder.Count);

        finder.Carry(16);
        Assert.False(finder.IsFull);
        finder.Carry(1 << 20);
        Assert.True(finder.IsFull);
        finder.Clear();
        Assert.False(finder.IsFull);
    }

    // more devices than a worker keeps places for, each met again after its place was given up
    [Fact]
    [Trait("Category", "Slow")]
    public void More_places_than_are_kept_at_once_lose_nothing()
    {
        const int Devices = 140_000;
        var query = Reports.NoFloor with
        {
            UserDefined = UserIndicatorSet.Parse("""{ "indicators": [{ "id": "rows", "aggregate": "count" }, { "id": "energy", "aggregate": "sum", "column": "energy_kwh" }] }""", "test"),
            Select = ["rows", "energy"],
            GroupBy = ["device"],
            Threads = 1,
        };
        var rows = Enumerable.Range(0, 2 * Devices).Select(static i => new WideRow
        {
            Minute = 1,
            Line = null,
            Device = $"D{i % Devices}",
            IsKey = null,
            Online = null,
            Latency = null,
            Energy = i,
            Mode = null,
        });
        var report = Reports.Of(query, WideRow.Export(rows, 20_000));
        Assert.Equal(2 * Devices, report.Rows.Count);
        foreach (var row in report.Rows)
        {
            var device = int.Parse(row.Group[0].Value![1..], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(row.Indicator == "rows" ? 2 : ((2 * device) + Devices) / 1_000.0, row.Value);
        }
    }
}
