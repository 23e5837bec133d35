using IndicatorCore.CData;

namespace IndicatorCore.Tests.CData;

public sealed class BitSliceTests
{
    [Fact]
    public void Bits_move_to_the_front_whatever_their_place_and_number()
    {
        var bits = new byte[40];
        new Random(7).NextBytes(bits);
        for (var shift = 1; shift < 8; shift++)
        {
            for (var count = 1; count + shift <= bits.Length * 8; count++)
            {
                var moved = new byte[(count + 7) / 8];
                BitSlice.Copy(bits.AsSpan(0, (shift + count + 7) / 8), shift, moved);
                for (var i = 0; i < count; i++)
                {
                    Assert.True(Bit(moved, i) == Bit(bits, shift + i), $"shift {shift}, {count} bits, bit {i}");
                }
            }
        }
    }

    private static bool Bit(byte[] bits, int at) => (bits[at >> 3] >> (at & 7) & 1) != 0;
}
