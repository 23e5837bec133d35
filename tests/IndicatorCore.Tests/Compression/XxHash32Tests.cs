using System.Text;
using IndicatorCore.Compression;

namespace IndicatorCore.Tests.Compression;

public sealed class XxHash32Tests
{
    [Theory]
    [InlineData("", 0x02CC5D05)]
    [InlineData("a", 0x550D7456)]
    [InlineData("abc", 0x32D153FF)]
    public void The_published_check_values_hold(string text, uint expected) =>
        Assert.Equal(expected, XxHash32.Hash(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Splitting_the_bytes_changes_nothing()
    {
        var data = new byte[300];
        new Random(7).NextBytes(data);
        for (var length = 0; length <= data.Length; length += 13)
        {
            var whole = XxHash32.Hash(data.AsSpan(0, length), seed: 5);
            for (var first = 0; first <= length; first++)
            {
                var hash = new XxHash32(5);
                hash.Append(data.AsSpan(0, first));
                hash.Append(data.AsSpan(first, (length - first) / 2));
                hash.Append(data.AsSpan(first + ((length - first) / 2), length - first - ((length - first) / 2)));
                Assert.Equal(whole, hash.Finish());
            }
        }
    }

    [Fact]
    public void Every_byte_counts()
    {
        var data = new byte[37];
        var hash = XxHash32.Hash(data);
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = 1;
            Assert.NotEqual(hash, XxHash32.Hash(data));
            data[i] = 0;
        }
    }
}
