using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;

namespace IndicatorCore.Tests.Aggregation.Fold;

public class PlaceTableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void Equal_tuples_and_no_others_have_one_place(int width)
    {
        Prop.ForAll<int>(seed =>
        {
            var random = new Random(seed);
            var table = new PlaceTable(width, new MemoryBudget(1 << 26));
            var known = new Dictionary<string, int>();
            for (var chunk = 0; chunk < 4; chunk++)
            {
                var rows = random.Next(0, 300);
                var lanes = Enumerable.Range(0, width).Select(_ => Enumerable.Range(0, rows + 3).Select(_ => random.Next(-1, 5)).ToArray()).ToArray();
                var places = new int[rows];
                if (chunk % 2 == 0)
                {
                    table.Find(lanes, rows, places);
                }
                else
                {
                    for (var row = 0; row < rows; row++)
                    {
                        places[row] = table.Find(lanes, row);
                    }
                }

                for (var row = 0; row < rows; row++)
                {
                    var tuple = lanes.Select(lane => lane[row]).ToArray();
                    Assert.Equal(tuple, table[places[row]].ToArray());
                    var text = string.Join(',', tuple);
                    Assert.Equal(known.TryGetValue(text, out var place) ? place : known.Count, places[row]);
                    known.TryAdd(text, places[row]);
                }

                Assert.Equal(known.Count, table.Count);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_cleared_table_numbers_anew_and_gives_its_memory_back_when_freed()
    {
        var budget = new MemoryBudget(1 << 26);
        var table = new PlaceTable(2, budget);
        int[][] lanes = [[.. Enumerable.Range(0, 2_000)], [.. Enumerable.Range(0, 2_000)]];
        var places = new int[2_000];
        table.Find(lanes, 2_000, places);
        Assert.Equal(Enumerable.Range(0, 2_000), places);
        Assert.True(budget.Used > 0);

        table.Clear();
        Assert.Equal(0, table.Count);
        Assert.Equal(0, table.Find(lanes, 1_999));

        table.Free();
        Assert.Equal(0, budget.Used);
        Assert.Equal(0, table.Find(lanes, 7));
    }
}
