using IndicatorCore.Columns;

namespace IndicatorCore.Tests.Columns;

public sealed class ValidityBitmapTests
{
    [Fact]
    public void Nulls_are_counted_within_the_length_only()
    {
        var random = new Random(3);
        for (var length = 0; length < 300; length++)
        {
            var bitmap = new byte[(length + 7) / 8];
            random.NextBytes(bitmap);
            var nulls = 0;
            for (var row = 0; row < length; row++)
            {
                nulls += ValidityBitmap.IsValid(bitmap, row) ? 0 : 1;
            }

            Assert.Equal(nulls, ValidityBitmap.CountNulls(bitmap, length));
        }
    }

    [Fact]
    public void An_empty_bitmap_means_that_all_are_valid()
    {
        Assert.True(ValidityBitmap.IsValid([], 5));
        Assert.Equal(0, ValidityBitmap.CountNulls([], 5));
    }
}
