using IndicatorCore.Generation;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Tests.Generation;

public sealed class RowSequenceTests
{
    [Theory]
    [InlineData(1, RowOrder.TimeMajor)]
    [InlineData(4_095, RowOrder.TimeMajor)]
    [InlineData(20_000, RowOrder.TimeMajor)]
    [InlineData(1, RowOrder.Shuffled)]
    [InlineData(2, RowOrder.Shuffled)]
    [InlineData(3, RowOrder.Shuffled)]
    [InlineData(1_000, RowOrder.Shuffled)]
    [InlineData(65_537, RowOrder.Shuffled)]
    public void Every_row_stands_at_one_position(int count, RowOrder order)
    {
        var sequence = new RowSequence(count, order, late: true, seed: 3, table: 1);
        var seen = new bool[count];
        for (var i = 0; i < count; i++)
        {
            var row = sequence.At(i);
            Assert.False(seen[row]);
            seen[row] = true;
        }
    }

    [Fact]
    public void Some_rows_come_late_and_only_with_faults()
    {
        var late = new RowSequence(8_192, RowOrder.TimeMajor, late: true, seed: 1, table: 0);
        var tidy = new RowSequence(8_192, RowOrder.TimeMajor, late: false, seed: 1, table: 0);
        Assert.Equal(128, Enumerable.Range(0, 8_192).Count(position => late.At(position) != position));
        Assert.All(Enumerable.Range(0, 8_192), position => Assert.Equal(position, tidy.At(position)));
    }
}
