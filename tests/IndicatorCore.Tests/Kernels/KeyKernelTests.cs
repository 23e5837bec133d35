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
}
