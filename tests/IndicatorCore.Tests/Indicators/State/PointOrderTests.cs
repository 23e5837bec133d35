using System.Text;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Tests.Indicators.State;

public sealed class PointOrderTests
{
    [Fact]
    public void Texts_are_in_the_order_of_their_utf8_bytes()
    {
        string[] texts = ["", "a", "ab", "b", "\u7FFF", "\uD7FF", "\uE000", "\uFFFD", "\U00010000", "\U0010FFFF", "a\U00010000", "a\uFFFD", "产线"];
        foreach (var left in texts)
        {
            foreach (var right in texts)
            {
                var expected = Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
                Assert.Equal(Math.Sign(expected), Math.Sign(PointOrder.CompareUtf8(left, right)));
            }
        }
    }
}
