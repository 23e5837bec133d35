using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class BitmapKernelTests
{
    private static readonly Spreading[] s_spreads =
    [
        BitmapKernel.Spread, BitmapKernel.Spread<Lanes512>, BitmapKernel.Spread<Lanes256>, BitmapKernel.Spread<Lanes128>, BitmapKernel.Spread<Lanes64>,
    ];

    private static readonly Marking[] s_equals =
    [
        RangeKernel.Mark<Block512<byte>, byte>, RangeKernel.Mark<Block256<byte>, byte>,
        RangeKernel.Mark<Block128<byte>, byte>, RangeKernel.Mark<BlockOfOne<byte>, byte>,
    ];

    private delegate void Spreading(ReadOnlySpan<ulong> low, ReadOnlySpan<ulong> high, int length, Span<long> lane);

    private delegate void Marking(ReadOnlySpan<byte> values, byte low, byte high, Span<ulong> bits);

    [Fact]
    public void Counts_are_what_single_bits_give()
    {
        var random = new Random(1);
        foreach (var bits in KernelInputs.Masks(random, 192).Skip(1))
        {
            for (var from = 0; from <= 192; from++)
            {
                for (var to = from; to <= 192; to++)
                {
                    Assert.Equal(BitmapReference.Count(bits, from, to), BitmapKernel.Count(bits, from, to));
                }
            }
        }
    }

    [Fact]
    public void Words_are_combined_bit_by_bit_also_in_place()
    {
        var random = new Random(2);
        for (var words = 0; words <= 40; words++)
        {
            var a = KernelInputs.Make(words, () => (ulong)random.NextInt64(long.MinValue, long.MaxValue));
            var b = KernelInputs.Make(words, () => (ulong)random.NextInt64(long.MinValue, long.MaxValue));
            var result = new ulong[words + 1];

            BitmapKernel.And(a, b, result);
            Assert.Equal(a.Zip(b, static (x, y) => x & y).Append(0UL), result);
            BitmapKernel.Or(a, b, result);
            Assert.Equal(a.Zip(b, static (x, y) => x | y).Append(0UL), result);
            BitmapKernel.AndNot(a, b, result);
            Assert.Equal(a.Zip(b, static (x, y) => x & ~y).Append(0UL), result);

            var (left, right) = (a.ToArray(), b.ToArray());
            BitmapKernel.And(left, b, left);
            Assert.Equal(a.Zip(b, static (x, y) => x & y), left);
            BitmapKernel.Or(a, right, right);
            Assert.Equal(a.Zip(b, static (x, y) => x | y), right);
        }
    }

    [Fact]
    public void Fill_sets_the_bits_below_the_length_and_leaves_words_behind_it()
    {
        foreach (var length in KernelInputs.Lengths)
        {
            var (expected, actual) = (Marked(length), Marked(length));
            BitmapReference.Fill(expected, length, static _ => true);
            BitmapKernel.Fill(actual, length);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void An_Arrow_bitmap_is_taken_from_any_row()
    {
        var random = new Random(3);
        foreach (var length in KernelInputs.Lengths)
        {
            for (var start = 0; start < 18; start++)
            {
                var bitmap = new byte[((start + length + 7) / 8) + random.Next(3)];
                random.NextBytes(bitmap);
                foreach (var of in new[] { bitmap, [] })
                {
                    if (of.Length == 0 && (start + length) > 0 && bitmap.Length == 0)
                    {
                        continue;
                    }

                    var (expected, actual) = (Marked(length), Marked(length));
                    BitmapReference.Fill(expected, length, i => of.Length == 0 || ((of[(start + i) / 8] >> ((start + i) % 8)) & 1) == 1);
                    BitmapKernel.FromArrow(of, start, length, actual);
                    Assert.Equal(expected, actual);
                }
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => BitmapKernel.FromArrow([1], 4, 5, new ulong[1]));
    }

    [Fact]
    public void Bytes_and_keys_are_tested_one_by_one()
    {
        var random = new Random(4);
        foreach (var length in KernelInputs.Lengths)
        {
            var bytes = KernelInputs.Make(length, () => (byte)(random.Next(2) == 0 ? 200 : random.Next(256)));
            var keys = KernelInputs.Make(length, () => random.Next(3) switch { 0 => -1, 1 => int.MinValue, _ => random.Next() });
            var (expected, actual) = (Marked(length), Marked(length));
            BitmapReference.Fill(expected, length, i => bytes[i] == 200);
            BitmapKernel.Equal(KernelInputs.Amid(bytes, (byte)200), 200, actual);
            Assert.Equal(expected, actual);
            foreach (var form in s_equals)
            {
                actual = Marked(length);
                form(bytes, 200, 200, actual);
                Assert.Equal(expected, actual);
            }

            BitmapReference.Fill(expected, length, i => keys[i] >= 0);
            BitmapKernel.NotNegative(keys, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Counts_a_run_are_those_of_single_bits()
    {
        var random = new Random(5);
        foreach (var length in KernelInputs.Lengths)
        {
            foreach (var ends in KernelInputs.Ends(random, length))
            {
                foreach (var low in KernelInputs.Masks(random, length).Skip(1))
                {
                    foreach (var high in KernelInputs.Masks(random, length))
                    {
                        var (expected, actual) = (new long[ends.Length * 3], new long[ends.Length * 3]);
                        BitmapReference.CountRuns(low, high, ends, expected, 3, 1);
                        BitmapKernel.CountRuns(low, high, ends, actual, 3, 1);
                        Assert.Equal(expected, actual);
                    }
                }
            }
        }
    }

    [Fact]
    public void Bits_a_row_are_spread_to_numbers()
    {
        var random = new Random(6);
        foreach (var length in KernelInputs.Lengths)
        {
            foreach (var low in KernelInputs.Masks(random, length).Skip(1))
            {
                foreach (var high in KernelInputs.Masks(random, length))
                {
                    var expected = Enumerable.Repeat(9L, length + 1).ToArray();
                    BitmapReference.Spread(low, high, length, expected);
                    foreach (var form in s_spreads)
                    {
                        var actual = Enumerable.Repeat(9L, length + 1).ToArray();
                        form(low, high, length, actual);
                        Assert.Equal(expected, actual);
                    }
                }
            }
        }
    }

    private static ulong[] Marked(int length) => [.. Enumerable.Repeat(0xABCDUL, ((length + 63) / 64) + 1)];
}
