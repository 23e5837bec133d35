using System.Runtime.InteropServices;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Tests.Columns;

public sealed class IndexChecksTests
{
    [Theory]
    [InlineData(8, false)]
    [InlineData(8, true)]
    [InlineData(16, false)]
    [InlineData(16, true)]
    [InlineData(32, false)]
    [InlineData(32, true)]
    [InlineData(64, true)]
    [InlineData(64, false)]
    public void One_index_outside_is_found_wherever_it_is_and_passed_over_under_a_null(int width, bool isSigned)
    {
        foreach (var length in new[] { 1, 7, 31, 4_095, 4_096, 4_097, 9_001 })
        {
            foreach (var bad in new[] { 0, length / 2, length - 1 })
            {
                foreach (var wrong in new[] { 100L, isSigned ? -1 : 127 })
                {
                    var column = Column(length, width, isSigned, bad, wrong, isNull: false);
                    var fault = Assert.Throws<MalformedArrowException>(() => IndexChecks.Check(column));
                    Assert.Equal(bad, fault.Location.Row);
                    IndexChecks.Check(Column(length, width, isSigned, bad, wrong, isNull: true));
                    IndexChecks.Check(Column(length, width, isSigned, bad, 99, isNull: false));
                }
            }
        }
    }

    private static ColumnData Column(int length, int width, bool isSigned, int at, long value, bool isNull)
    {
        var type = ArrowType.Int(width, isSigned);
        var field = new Field { Name = "c", Type = new ArrowType { Id = ArrowTypeId.Utf8 }, Dictionary = new DictionaryEncoding(1, type, false) };
        var bytes = new byte[length * width / 8];
        for (var row = 0; row < length; row++)
        {
            var index = row == at ? value : row % 100;
            MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in index))[..(width / 8)].CopyTo(bytes.AsSpan(row * width / 8));
        }

        var validity = new byte[(length + 7) / 8];
        validity.AsSpan().Fill(255);
        validity[at >> 3] ^= (byte)(isNull ? 1 << (at & 7) : 0);
        var column = ColumnData.Over(field, ColumnLayout.Fixed, width / 8, length, isNull ? 1 : 0, validity, bytes, default);
        var values = ColumnData.Over(field, ColumnLayout.Null, 0, 100, 0, default, default, default);
        column.Dictionary = new DictionaryValues(1, values);
        return column;
    }
}
