using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Tests.Ipc;

public sealed class ColumnBuilderTests
{
    private const long DayMilliseconds = 86_400_000;

    [Theory]
    [InlineData(8, true, -128, 127)]
    [InlineData(16, true, -32768, 32767)]
    [InlineData(32, true, int.MinValue, int.MaxValue)]
    [InlineData(8, false, 0, 255)]
    [InlineData(16, false, 0, 65535)]
    [InlineData(32, false, 0, uint.MaxValue)]
    public void An_integer_beyond_its_width_is_refused_and_not_appended(int bits, bool isSigned, long minimum, long maximum)
    {
        var column = Column(ArrowType.Int(bits, isSigned));
        column.AppendInt64(minimum);
        column.AppendInt64(maximum);
        column.AppendUInt64((ulong)maximum);
        Assert.Throws<ArgumentOutOfRangeException>(() => column.AppendInt64(minimum - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => column.AppendInt64(maximum + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => column.AppendUInt64((ulong)maximum + 1));
        Assert.Equal(3, column.Length);
    }

    [Fact]
    public void The_widest_integers_are_taken_whole()
    {
        var signed = Column(ArrowType.Int(64));
        signed.AppendInt64(long.MinValue);
        signed.AppendUInt64(long.MaxValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => signed.AppendUInt64(1UL << 63));
        var unsigned = Column(ArrowType.Int(64, isSigned: false));
        unsigned.AppendUInt64(ulong.MaxValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => unsigned.AppendInt64(-1));
    }

    [Fact]
    public void Dates_are_whole_days_and_times_are_within_one()
    {
        var date = Column(new ArrowType { Id = ArrowTypeId.Date, BitWidth = 64 });
        date.AppendInt64(-3 * DayMilliseconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => date.AppendInt64(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => date.AppendInt64(DayMilliseconds - 1));
        var time = Column(new ArrowType { Id = ArrowTypeId.Time, BitWidth = 32, Unit = TimeUnit.Millisecond });
        time.AppendInt64(DayMilliseconds - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => time.AppendInt64(DayMilliseconds));
        Assert.Throws<ArgumentOutOfRangeException>(() => time.AppendInt64(-1));
    }

    [Fact]
    public void A_finite_number_never_becomes_an_infinity()
    {
        var half = Column(ArrowType.Float(16));
        half.AppendDouble(65_504);
        half.AppendDouble(double.PositiveInfinity);
        half.AppendDouble(double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => half.AppendDouble(65_520));
        var single = Column(ArrowType.Float(32));
        Assert.Throws<ArgumentOutOfRangeException>(() => single.AppendDouble(1e39));
        Assert.Equal(3, half.Length);
        Assert.Equal(0, single.Length);
    }

    [Fact]
    public void A_decimal_has_at_most_its_precision()
    {
        var column = Column(ArrowType.Decimal128(3, 1));
        column.AppendDecimal(999);
        column.AppendDecimal(-999);
        Assert.Throws<ArgumentOutOfRangeException>(() => column.AppendDecimal(1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => column.AppendDecimal(-1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => Column(ArrowType.Decimal128(38, 0)).AppendDecimal(Int128.MaxValue));
    }

    [Fact]
    public void Text_is_UTF_8_and_fixed_bytes_have_their_length()
    {
        var text = Column(ArrowType.Of(ArrowTypeId.Utf8));
        Assert.ThrowsAny<ArgumentException>(() => text.AppendString("\uD800"));
        Assert.Throws<ArgumentException>(() => text.AppendBytes([0xC0, 0x80]));
        text.AppendString(new string('工', 5000));
        Assert.Equal(1, text.Length);
        var bytes = Column(new ArrowType { Id = ArrowTypeId.FixedSizeBinary, FixedSize = 2 });
        Assert.Throws<ArgumentException>(() => bytes.AppendBytes([1]));
        Assert.Throws<InvalidOperationException>(() => bytes.AppendString("ab"));
    }

    [Fact]
    public void A_method_for_another_type_is_refused()
    {
        var column = Column(ArrowType.Of(ArrowTypeId.Bool));
        Assert.Throws<InvalidOperationException>(() => column.AppendInt64(1));
        Assert.Throws<InvalidOperationException>(() => column.AppendUInt64(1));
        Assert.Throws<InvalidOperationException>(() => column.AppendDouble(1));
        Assert.Throws<InvalidOperationException>(() => column.AppendDecimal(1));
        Assert.Throws<InvalidOperationException>(() => column.AppendString("1"));
        Assert.Throws<InvalidOperationException>(() => column.AppendBytes([1]));
        Assert.Throws<InvalidOperationException>(() => column.Declare(["1"]));
        Assert.Throws<InvalidOperationException>(() => Column(ArrowType.Int(8)).AppendBool(value: true));
        Assert.Throws<InvalidOperationException>(() => Dictionary(8).AppendInt64(0));
        Assert.Equal(0, column.Length);
    }

    [Fact]
    public void An_index_type_bounds_the_dictionary()
    {
        var column = Dictionary(8);
        for (var i = 0; i < 128; i++)
        {
            column.AppendString($"v{i}");
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => column.AppendString("one more"));
        Assert.Throws<ArgumentOutOfRangeException>(() => column.Declare(["one more"]));
        column.AppendString("v0");
        Assert.Equal(129, column.Length);
        Assert.Equal(128, column.Dictionary!.Count);
    }

    private static ColumnBuilder Column(ArrowType type) =>
        new BatchBuilder(new Schema { Fields = [new Field { Name = "c", Type = type }] })[0];

    private static ColumnBuilder Dictionary(int indexBits) => new BatchBuilder(new Schema
    {
        Fields = [new Field { Name = "c", Type = ArrowType.Of(ArrowTypeId.Utf8), Dictionary = new(0, ArrowType.Int(indexBits)) }],
    })[0];
}
