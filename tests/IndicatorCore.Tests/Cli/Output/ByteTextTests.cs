using IndicatorCore.Cli.Output;
using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Cli.Output;

public class ByteTextTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("512MiB", 536_870_912)]
    [InlineData("2GB", 2_000_000_000)]
    [InlineData("1.5G", 1_610_612_736)]
    [InlineData("8 kb", 8_000)]
    [InlineData("3B", 3)]
    public void Sizes_are_read(string text, long bytes)
    {
        Assert.True(ByteText.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("GB")]
    [InlineData("5 apples")]
    [InlineData("9999999PB")]
    [InlineData("1iB2")]
    public void What_is_no_size_is_refused(string text) => Assert.False(ByteText.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1L << 40, "1.0 TiB")]
    public void Sizes_are_shown_in_binary_units(long bytes, string text) => Assert.Equal(text, ByteText.Of(bytes));

    [Fact]
    public void Progress_says_rows_bytes_rates_share_and_what_remains()
    {
        var progress = new EngineProgress(2_000_000, 10 << 20, 30 << 20, 120 << 20);
        Assert.Equal("2,000,000 rows  10.0 MiB  1.0 M rows/s  5.0 MiB/s  25 %  0:06 left", ProgressLine.Text(progress, TimeSpan.FromSeconds(2)));
        Assert.EndsWith("MiB/s", ProgressLine.Text(progress with { BytesTotal = null }, TimeSpan.FromSeconds(2)), StringComparison.Ordinal);
    }
}
