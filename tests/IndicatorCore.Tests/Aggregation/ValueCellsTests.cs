using IndicatorCore.Aggregation;
using IndicatorCore.Errors;

namespace IndicatorCore.Tests.Aggregation;

public class ValueCellsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_value_comes_back_from_its_slot_however_it_was_appended(int seed)
    {
        var random = new Random(seed);
        var budget = new MemoryBudget(1L << 30);
        var cells = new ValueCells(budget, "values");
        var expected = new Dictionary<int, List<long>>();
        void Expect(int slot, long value)
        {
            expected.TryAdd(slot, []);
            expected[slot].Add(value);
        }

        long Value() => random.Next(50) == 0 ? random.NextInt64(long.MinValue, long.MaxValue) : random.NextInt64(0, 1L << random.Next(33));

        // the bits of few rows, of some or of all
        ulong[] Mask(int length, int kind) => [.. Enumerable.Range(0, (length + 63) / 64).Select(_ => kind switch
        {
            0 => 1UL << random.Next(64),
            1 => (ulong)random.NextInt64(long.MinValue, long.MaxValue),
            _ => ulong.MaxValue,
        })];
        for (var round = 0; round < 400; round++)
        {
            var slot = random.Next(200);
            var values = Enumerable.Range(0, random.Next(150)).Select(_ => Value()).ToArray();
            switch (random.Next(4))
            {
                case 0:
                    Array.ForEach(values, value =>
                    {
                        cells.Append(slot, value);
                        Expect(slot, value);
                    });
                    break;
                case 1:
                    cells.AppendRun(slot, values);
                    Array.ForEach(values, value => Expect(slot, value));
                    break;
                case 2:
                    var ends = Enumerable.Range(0, random.Next(5)).Select(_ => random.Next(values.Length + 1)).Append(values.Length).Order().ToArray();
                    var ofRun = ends.Select(_ => random.Next(200)).ToArray();
                    var rows = Mask(values.Length, random.Next(3));
                    cells.AppendRuns(ofRun, ends, values, rows);
                    for (var i = 0; i < values.Length; i++)
                    {
                        if (((rows[i / 64] >> (i % 64)) & 1) == 1)
                        {
                            Expect(ofRun[Array.FindIndex(ends, end => i < end)], values[i]);
                        }
                    }

                    break;
                default:
                    var slots = values.Select(_ => random.Next(-1, 200)).ToArray();
                    var mask = Mask(values.Length, random.Next(3));
                    cells.AppendRows(slots, values, mask);
                    for (var i = 0; i < values.Length; i++)
                    {
                        if (slots[i] >= 0 && ((mask[i / 64] >> (i % 64)) & 1) == 1)
                        {
                            Expect(slots[i], values[i]);
                        }
                    }

                    break;
            }
        }

        Assert.Equal(expected.Values.Sum(static list => (long)list.Count), cells.Total);
        for (var slot = 0; slot < 256; slot++)
        {
            var (narrow, wide) = cells.Count(slot);
            var (few, others) = (new uint[narrow], new long[wide]);
            cells.Drain(slot, few, others);
            var room = new uint[narrow];
            Assert.True(cells.TryDrain(slot, room, out var count));
            Assert.Equal((narrow, wide > 0, narrow + wide > 0), (count, cells.HasWide(slot), cells.HasAny(slot)));
            Assert.Equal(few, room);
            Assert.False(narrow > 0 && cells.TryDrain(slot, room.AsSpan(1), out _));
            Assert.All(others, static value => Assert.False(value is >= 0 and <= uint.MaxValue));
            Assert.Equal(expected.GetValueOrDefault(slot, []).Order(), few.Select(static value => (long)value).Concat(others).Order());
        }

        Assert.True(budget.Used > 0);
        cells.Clear();
        Assert.Equal(0, budget.Used);
        Assert.Equal((0, 0), cells.Count(3));
        cells.Append(3, 5);
        Assert.Equal((1, 0), cells.Count(3));
    }

    [Fact]
    public void Memory_is_about_four_and_a_half_bytes_a_value_at_two_hundred_a_slot()
    {
        var budget = new MemoryBudget(1L << 30);
        var cells = new ValueCells(budget, "values");
        for (var i = 0; i < 200 * 20_000; i++)
        {
            cells.Append(i % 20_000, i);
        }

        Assert.InRange(budget.Used / (200.0 * 20_000), 4, 5);
    }

    [Fact]
    public void Values_above_the_budget_are_refused()
    {
        var cells = new ValueCells(new MemoryBudget(3 << 20), "the values of a test");
        var fault = Assert.Throws<LimitExceededException>(() =>
        {
            for (var i = 0; i < 1_000_000; i++)
            {
                cells.Append(i % 10, i);
            }
        });
        Assert.True(fault.IsMemoryBudget);
        Assert.Contains("the values of a test", fault.Message, StringComparison.Ordinal);
    }
}
