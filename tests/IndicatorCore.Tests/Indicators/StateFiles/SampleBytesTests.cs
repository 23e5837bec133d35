using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.StateFiles;

namespace IndicatorCore.Tests.Indicators.StateFiles;

/// <summary>Samples as bytes: exactly what was kept comes back, whatever the values, and changed bytes are refused or are another sample.</summary>
public sealed class SampleBytesTests
{
    private static readonly long[] s_extremes =
        [0, 1, -1, 999_999, 1_000_000, 83_699_997, -83_699_997, (1L << 50) - 1, 1L << 50, -(1L << 50), long.MaxValue, long.MinValue];

    private readonly SampleBudget _budget = new(new MemoryBudget(1L << 30), "values");

    [Fact]
    public void What_is_written_is_read()
    {
        var random = new Random(5);
        for (var round = 0; round < 400; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 400)).Select(_ => Value(random, round % 8)).ToArray();
            AssertComesBack(values);
        }
    }

    [Fact]
    public void Single_values_are_read()
    {
        foreach (var value in s_extremes)
        {
            AssertComesBack([value]);
            AssertComesBack([value, value, value, 5]);
        }
    }

    [Fact]
    public void Decimals_in_32_bit_floats_take_no_more_room_than_decimals()
    {
        var random = new Random(6);
        long[] tenths = [.. Enumerable.Range(0, 500).Select(_ => random.NextInt64(700, 1_000))];
        var exact = SampleBytes.Of(Sample(tenths.Select(static tenth => tenth * 100_000)));
        var single = SampleBytes.Of(Sample(tenths.Select(static tenth => (long)Math.Round((float)(tenth / 10.0) * 1e6, MidpointRounding.ToEven))));
        Assert.Equal(exact.Length, single.Length);
        Assert.InRange(exact.Length, 50, 220);   // 500 values, some 240 distinct
    }

    [Fact]
    public void Changed_bytes_are_refused_or_other_samples_of_as_many_values()
    {
        var random = new Random(7);
        var bytes = SampleBytes.Of(Sample(Enumerable.Range(0, 60).Select(_ => Value(random, 1))));
        for (var length = 0; length < bytes.Length; length++)
        {
            var stored = new ValueSample(_budget, bucketed: false);
            Assert.True(!SampleBytes.TryRead(bytes.AsSpan(0, length), 60, stored) || stored.Count == 60);
        }

        for (var at = 0; at < bytes.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = bytes.ToArray();
                changed[at] ^= (byte)(1 << bit);
                var stored = new ValueSample(_budget, bucketed: false);
                if (SampleBytes.TryRead(changed, 60, stored))
                {
                    Assert.Equal(60, stored.Count);
                }
            }
        }

        Assert.False(SampleBytes.TryRead([.. bytes, 0], 60, new ValueSample(_budget, bucketed: false)));
    }

    private static long Value(Random random, int kind) => kind switch
    {
        0 => random.NextInt64(-50, 50),
        1 => random.NextInt64(40, 1_800) * 1_000,
        2 => (long)Math.Round((float)(-random.NextInt64(700, 1_000) / 10.0) * 1e6, MidpointRounding.ToEven),
        3 => random.NextInt64(long.MinValue, long.MaxValue),
        4 => random.NextInt64(-(1L << 51), 1L << 51),
        5 => (long)Math.Round((float)(random.NextDouble() * 30) * 1e6, MidpointRounding.ToEven),
        6 => random.NextInt64(0, 5) * 3_000_000_000,
        _ => (random.NextInt64(0, 100) * 10) + random.NextInt64(0, 2),
    };

    private void AssertComesBack(long[] values)
    {
        var bytes = SampleBytes.Of(Sample(values));
        var stored = new ValueSample(_budget, bucketed: false);
        Assert.True(SampleBytes.TryRead(bytes, values.Length, stored), string.Join(' ', values.Take(20)));
        var (distinct, counts) = stored.Sorted();
        var expected = values.GroupBy(static value => value).OrderBy(static group => group.Key).ToList();
        Assert.Equal(expected.Select(static group => group.Key), distinct);
        Assert.Equal(expected.Select(static group => (long)group.Count()), counts);
        Assert.Equal(bytes, SampleBytes.Of(stored));
        Assert.False(SampleBytes.TryRead(bytes, values.Length + 1, new ValueSample(_budget, bucketed: false)));
    }

    private ValueSample Sample(IEnumerable<long> values)
    {
        var sample = new ValueSample(_budget, bucketed: false);
        foreach (var value in values)
        {
            sample.Add(value, 1);
        }

        return sample;
    }
}
