using IndicatorCore.Aggregation;
using IndicatorCore.Errors;

namespace IndicatorCore.Tests.Aggregation;

public class RowEvidenceTests
{
    [Theory]
    [InlineData(new long[0], null, null)]
    [InlineData(new long[] { 0 }, 0L, 0L)]
    [InlineData(new long[] { -5, 7, 0 }, -5L, 7L)]
    [InlineData(new[] { long.MaxValue, long.MinValue + 1 }, long.MinValue + 1, long.MaxValue)]
    public void First_and_last_are_those_of_all_rows_in_any_split(long[] times, long? first, long? last)
    {
        for (var split = 0; split <= times.Length; split++)
        {
            var (left, right) = (default(RowEvidence), default(RowEvidence));
            for (var i = 0; i < times.Length; i++)
            {
                (i < split ? ref left : ref right).Touch(times[i]);
            }

            left.Merge(right);
            Assert.Equal((first, last), (left.First, left.Last));
        }
    }

    [Fact]
    public void More_rows_than_short_sums_hold_are_refused()
    {
        var most = new RowEvidence { Received = RowEvidence.MaxRows };
        most.CheckShort();
        most.Received++;
        Assert.Throws<LimitExceededException>(() => most.CheckShort());
    }
}
