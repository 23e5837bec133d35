using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class ValidityKernelTests
{
    [Fact]
    public void Every_length_and_start_gives_what_single_bits_give()
    {
        var random = new Random(3);
        byte[][] patterns = [new byte[16], [.. Enumerable.Repeat((byte)0xFF, 16)], [.. Enumerable.Repeat((byte)0x55, 16)], new byte[16]];
        random.NextBytes(patterns[3]);
        foreach (var bitmap in patterns.Append([]))
        {
            for (var length = 0; length <= 70; length++)
            {
                for (var start = 0; start <= 17; start++)
                {
                    var expected = new byte[length];
                    var actual = Enumerable.Repeat((byte)9, length + 1).ToArray();

                    ValidityReference.Expand(bitmap, start, expected);
                    ValidityKernel.Expand(bitmap, start, actual.AsSpan(0, length));

                    Assert.Equal(expected, actual[..length]);
                    Assert.Equal(9, actual[length]);
                }
            }
        }
    }

    [Fact]
    public void Bits_behind_the_last_row_are_not_needed()
    {
        var nulls = new byte[3];

        ValidityKernel.Expand([0b1111_1101], 0, nulls);

        Assert.Equal([0, 1, 0], nulls);
    }
}
