using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Tests.Aggregation;

public class Sum96Tests
{
    [Fact]
    public void Takes_twelve_bytes() => Assert.Equal(12, Unsafe.SizeOf<Sum96>());

    [Fact]
    public void Equals_the_wide_sum_of_any_values_in_any_split() =>
        Prop.ForAll<long[], long[]>((left, right) =>
        {
            // extremes, so that carries and signs are met
            long[] values = [.. left, long.MaxValue, .. right.Select(static value => value * 4_611_686_018_427_387_847), long.MinValue, long.MinValue];
            var whole = default(Sum96);
            var parts = new Sum96[3];
            var wide = Int128.Zero;
            for (var i = 0; i < values.Length; i++)
            {
                whole.Add(values[i]);
                parts[i % 3].Add(values[i]);
                wide += values[i];
            }

            parts[2].Add(parts[0]);
            parts[1].Add(parts[2]);
            return whole == wide && parts[1] == wide;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Holds_the_most_rows_of_the_greatest_values()
    {
        var sum = default(Sum96);
        sum.Add(long.MinValue);
        for (var i = 0; i < 31; i++)
        {
            sum.Add(sum);   // 2^31 times the smallest value
        }

        Assert.Equal((Int128)long.MinValue * (1L << 31), (Int128)sum);
    }
}
