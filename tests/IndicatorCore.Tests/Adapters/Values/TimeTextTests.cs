using IndicatorCore.Adapters.Values;
using IndicatorCore.Columns;

namespace IndicatorCore.Tests.Adapters.Values;

public class TimeTextTests
{
    [Theory]
    [InlineData(TimeUnit.Second, "UTC", 0, "1970-01-01T00:00:00+00:00")]
    [InlineData(TimeUnit.Millisecond, "Asia/Shanghai", -1, "1970-01-01T07:59:59.999+08:00")]
    [InlineData(TimeUnit.Microsecond, "-03:30", 1, "1969-12-31T20:30:00.000001-03:30")]
    [InlineData(TimeUnit.Nanosecond, null, 1_000_000_001, "1970-01-01T00:00:01.000000001")]
    [InlineData(TimeUnit.Second, "Nowhere/Else", 60, "1970-01-01T00:01:00Z")]
    [InlineData(TimeUnit.Second, "UTC", long.MaxValue, "9223372036854775807 s since 1970")]
    [InlineData(TimeUnit.Millisecond, "UTC", long.MinValue, "-9223372036854775808 ms since 1970")]
    public void Instants_are_rfc_3339(TimeUnit unit, string? zone, long value, string text) =>
        Assert.Equal(text, TimeText.Of(ArrowType.Timestamp(unit, zone), value));

    [Theory]
    [InlineData(32, 19783, "2024-03-01")]
    [InlineData(32, -719162, "0001-01-01")]
    [InlineData(32, 2932896, "9999-12-31")]
    [InlineData(32, 2932897, "2932897 d since 1970")]
    [InlineData(64, 86_400_000L * 19783, "2024-03-01")]
    public void Dates_are_dates(int bits, long value, string text) =>
        Assert.Equal(text, TimeText.Of(new ArrowType { Id = ArrowTypeId.Date, BitWidth = bits }, value));

    [Fact]
    public void Times_of_day_have_the_decimals_of_their_unit()
    {
        var type = new ArrowType { Id = ArrowTypeId.Time, BitWidth = 64, Unit = TimeUnit.Microsecond };
        Assert.Equal("23:59:59.000001", TimeText.Of(type, (86_399L * 1_000_000) + 1));
        Assert.Equal("-1 us", TimeText.Of(type, -1));
    }
}
