using System.Globalization;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>What the writer writes, read by the readers.</summary>
public sealed class RoundTripTests
{
    [Theory]
    [InlineData(IpcFormat.File, false)]
    [InlineData(IpcFormat.File, true)]
    [InlineData(IpcFormat.Stream, false)]
    [InlineData(IpcFormat.Stream, true)]
    public void Every_written_value_is_read_again(IpcFormat format, bool compress)
    {
        int[] rowCounts = [100, 1, 0, 1000];
        using var output = new MemoryStream();
        using (var writer = new IpcWriter(output, WrittenSample.Schema, new IpcWriterOptions { Format = format, Compress = compress }, leaveOpen: true))
        {
            var batch = new BatchBuilder(WrittenSample.Schema);
            var row = 0;
            foreach (var count in rowCounts)
            {
                batch.Clear();
                for (var i = 0; i < count; i++)
                {
                    WrittenSample.AppendRow(batch, row++);
                }

                writer.Write(batch);
            }

            writer.Complete();
        }

        var (schema, batches) = IpcReading.Any(output.ToArray());
        Assert.Equal(rowCounts, batches.Select(static batch => batch.Rows));
        Assert.Equal(WrittenSample.Schema.Metadata, schema.Metadata);
        for (var ordinal = 0; ordinal < schema.Fields.Count; ordinal++)
        {
            var field = schema.Fields[ordinal];
            Assert.Equal(WrittenSample.Schema.Fields[ordinal].ToString(), field.ToString());
            var row = 0;
            foreach (var text in batches.SelectMany(batch => batch.Columns[ordinal]!))
            {
                var expected = WrittenSample.Expected(ordinal, row)?.ToString() ?? ValueText.Null;
                Assert.True(IsSame(field, expected, text), $"{field}, row {row}: {expected} was read as {text}");
                row++;
            }
        }
    }

    private static bool IsSame(Field field, string expected, string text)
    {
        if (expected == ValueText.Null || text == ValueText.Null)
        {
            return expected == text;
        }

        return field.Type.Id == ArrowTypeId.FloatingPoint
            ? double.Parse(expected, CultureInfo.InvariantCulture).Equals(double.Parse(text, CultureInfo.InvariantCulture))
            : string.Equals(expected, text.Trim('\''), StringComparison.OrdinalIgnoreCase);
    }
}
