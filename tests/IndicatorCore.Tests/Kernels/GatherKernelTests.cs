using System.Numerics;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Tests.Kernels;

[Trait("Category", "Kernel")]
public class GatherKernelTests
{
    [Fact]
    public void Every_type_of_index_gives_its_codes()
    {
        var random = new Random(1);
        foreach (var length in KernelInputs.Lengths)
        {
            foreach (var valid in KernelInputs.Masks(random, length))
            {
                Check<sbyte>(random, length, valid);
                Check<byte>(random, length, valid);
                Check<short>(random, length, valid);
                Check<ushort>(random, length, valid);
                Check<int>(random, length, valid);
                Check<uint>(random, length, valid);
                Check<long>(random, length, valid);
                Check<ulong>(random, length, valid);
            }
        }
    }

    [Fact]
    public void Without_a_valid_row_no_code_is_needed()
    {
        var result = new int[3];
        GatherKernel.Remap<int>([5, -1, int.MaxValue], [], [0], result);
        Assert.Equal([-1, -1, -1], result);
    }

    private static void Check<TIndex>(Random random, int length, ulong[] valid)
        where TIndex : unmanaged, IBinaryInteger<TIndex>, IMinMaxValue<TIndex>
    {
        var codes = KernelInputs.Make(100, () => random.Next(-1, 1_000));
        var indices = new TIndex[length];
        for (var i = 0; i < length; i++)
        {
            indices[i] = BitmapReference.IsSet(valid, i) ? TIndex.CreateChecked(random.Next(100)) : TIndex.MaxValue;
        }

        var expected = Enumerable.Repeat(5, length + 1).ToArray();
        var actual = expected.ToArray();
        GatherReference.Remap<TIndex>(indices, codes, valid, expected);
        GatherKernel.Remap<TIndex>(indices, codes, valid, actual);
        Assert.Equal(expected, actual);
    }
}
