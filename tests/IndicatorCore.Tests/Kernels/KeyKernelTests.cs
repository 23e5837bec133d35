using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class KeyKernelTests
{
    [Fact]
    public void Marks_the_rows_of_a_key_at_every_length()
    {
        for (var length = 0; length <= 200; length++)
        {
            var keys = Enumerable.Range(0, length).Select(static i => (i * 7 % 5) - 1).ToArray();
            var bits = RowMask.New();
            bits.AsSpan(0, (length + 63) >> 6).Fill(ulong.MaxValue);
            KeyKernel.Equal(keys, 2, bits);
            for (var row = 0; row < RowMask.Words * 64; row++)
            {
                Assert.Equal(row < length && keys[row] == 2, RowMask.Has(bits, row));
            }
        }
    }

    [Fact]
    public void Hashes_of_lanes_are_those_of_rows()
    {
        for (var length = 0; length <= 100; length++)
        {
            var lanes = Enumerable.Range(0, 3).Select(lane => Enumerable.Range(0, length).Select(i => (i * 31) - (lane * 1_000_003)).ToArray()).ToArray();
            var hashes = new uint[length];
            foreach (var lane in lanes)
            {
                HashKernel.Mix(hashes, lane);
            }

            for (var row = 0; row < length; row++)
            {
                Assert.Equal(lanes.Aggregate(0u, (hash, lane) => HashKernel.Mix(hash, lane[row])), hashes[row]);
            }
        }
    }
}
