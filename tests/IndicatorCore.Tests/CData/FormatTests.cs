using System.Text;
using IndicatorCore.CData;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Tests.CData;

/// <summary>The format strings of the specification, each way.</summary>
public sealed class FormatTests
{
    [Theory]
    [InlineData("n", "null")]
    [InlineData("b", "bool")]
    [InlineData("c", "int8")]
    [InlineData("C", "uint8")]
    [InlineData("s", "int16")]
    [InlineData("S", "uint16")]
    [InlineData("i", "int32")]
    [InlineData("I", "uint32")]
    [InlineData("l", "int64")]
    [InlineData("L", "uint64")]
    [InlineData("e", "float16")]
    [InlineData("f", "float32")]
    [InlineData("g", "float64")]
    [InlineData("z", "binary")]
    [InlineData("Z", "large_binary")]
    [InlineData("vz", "binary_view")]
    [InlineData("u", "utf8")]
    [InlineData("U", "large_utf8")]
    [InlineData("vu", "utf8_view")]
    [InlineData("d:19,10", "decimal128(19, 10)")]
    [InlineData("d:19,-10,256", "decimal256(19, -10)")]
    [InlineData("d:7,3,32", "decimal32(7, 3)")]
    [InlineData("d:17,3,64", "decimal64(17, 3)")]
    [InlineData("w:42", "fixed_size_binary[42]")]
    [InlineData("tdD", "date32")]
    [InlineData("tdm", "date64")]
    [InlineData("tts", "time32[s]")]
    [InlineData("ttm", "time32[ms]")]
    [InlineData("ttu", "time64[us]")]
    [InlineData("ttn", "time64[ns]")]
    [InlineData("tss:", "timestamp[s]")]
    [InlineData("tsm:Asia/Shanghai", "timestamp[ms, Asia/Shanghai]")]
    [InlineData("tsu:+08:00", "timestamp[us, +08:00]")]
    [InlineData("tsn:UTC", "timestamp[ns, UTC]")]
    [InlineData("tDs", "duration[s]")]
    [InlineData("tDm", "duration[ms]")]
    [InlineData("tDu", "duration[us]")]
    [InlineData("tDn", "duration[ns]")]
    [InlineData("tiM", "interval[ym]")]
    [InlineData("tiD", "interval[dt]")]
    [InlineData("tin", "interval[mdn]")]
    [InlineData("+l", "list")]
    [InlineData("+L", "large_list")]
    [InlineData("+vl", "list_view")]
    [InlineData("+vL", "large_list_view")]
    [InlineData("+w:123", "fixed_size_list[123]")]
    [InlineData("+s", "struct")]
    [InlineData("+m", "map")]
    [InlineData("+ud:4,7", "dense_union")]
    [InlineData("+us:0,1", "sparse_union")]
    [InlineData("+r", "run_end_encoded")]
    public void A_format_is_read_and_written(string format, string type)
    {
        var read = FormatParser.Parse(Encoding.UTF8.GetBytes(format), areKeysSorted: true);
        Assert.Equal(type, read.ToString());
        Assert.Equal(type == "map" ? 1 : 0, read.Id == ArrowTypeId.Map ? read.Mode : 0);
        Field[] children = [new Field { Name = "a", Type = ArrowType.Int(32) }, new Field { Name = "b", Type = ArrowType.Int(32) }];
        Assert.Equal(format, FormatWriter.Format(new Field { Name = "x", Type = read, Children = children }));
    }

    [Theory]
    [InlineData("", typeof(MalformedArrowException))]
    [InlineData("d:19", typeof(MalformedArrowException))]
    [InlineData("d:19,3,17", typeof(MalformedArrowException))]
    [InlineData("d:x,3", typeof(MalformedArrowException))]
    [InlineData("w:", typeof(MalformedArrowException))]
    [InlineData("w:-1", typeof(MalformedArrowException))]
    [InlineData("+w:99999999999", typeof(MalformedArrowException))]
    [InlineData("+us:1,1", typeof(MalformedArrowException))]
    [InlineData("+us:128", typeof(MalformedArrowException))]
    [InlineData("+ud:-1", typeof(MalformedArrowException))]
    [InlineData("tsx:", typeof(UnsupportedArrowException))]
    [InlineData("ts", typeof(UnsupportedArrowException))]
    [InlineData("tss", typeof(UnsupportedArrowException))]
    [InlineData("tds", typeof(UnsupportedArrowException))]
    [InlineData("q", typeof(UnsupportedArrowException))]
    [InlineData("+x", typeof(UnsupportedArrowException))]
    [InlineData("ii", typeof(UnsupportedArrowException))]
    public void Another_format_is_refused(string format, Type fault) =>
        Assert.IsType(fault, Record.Exception(() => FormatParser.Parse(Encoding.UTF8.GetBytes(format), areKeysSorted: false)));

    [Fact]
    public void A_format_that_is_no_text_is_refused() =>
        Assert.Throws<MalformedArrowException>(() => FormatParser.Parse([0xFF, 0xFE], areKeysSorted: false));
}
