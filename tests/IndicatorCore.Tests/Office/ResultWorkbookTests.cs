using IndicatorCore.Office.Results;
using IndicatorCore.Office.Workbooks;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Office;

public sealed class ResultWorkbookTests
{
    [Fact]
    public void Results_come_back_as_they_were()
    {
        var bytes = OfficeFiles.Bytes(static stream => new ResultWorkbook().Write(SampleReport.Whole, stream));
        Assert.Empty(OfficeFiles.Faults(bytes, "xlsx"));
        var sheets = WorkbookReader.Read(bytes, "r.xlsx");
        Assert.Equal(["results", "manifest"], sheets.Select(static sheet => sheet.Name));
        var rows = sheets[0].Rows;
        Assert.Equal(4, rows.Count);
        Assert.Equal(["knr", "knr@1"], rows[1].Cells.Take(2));
        var headings = rows[0].Cells.ToList();
        Assert.Equal("0.926709598282735", rows[2].Cells[headings.IndexOf("value")][..17]);
        Assert.Equal("12345678901234567890.123", rows[3].Cells[headings.IndexOf("numerator")]);
        Assert.Equal("沈阳\"一\"厂, 𠮷", rows[3].Cells[headings.IndexOf("factory")]);
        Assert.Equal("NO_SEASON_MATCH;SIMPSON", rows[3].Cells[headings.IndexOf("flags")]);
        Assert.Contains(sheets[1].Rows, row => row.Cells.SequenceEqual(["row_digest", SampleReport.Whole.Manifest.RowDigest]));
    }

    [Fact]
    public void The_stream_need_not_be_seekable()
    {
        var report = SampleReport.Of([.. Enumerable.Repeat(SampleReport.Contract, 2000)]);
        using var stream = new ForwardStream();
        new ResultWorkbook().Write(report, stream);
        Assert.Equal(2001, WorkbookReader.Read(stream.ToArray(), "r.xlsx")[0].Rows.Count);
    }

    private sealed class ForwardStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override long Position
        {
            get => base.Position;
            set => throw new NotSupportedException();
        }

        public override long Seek(long offset, SeekOrigin loc) => throw new NotSupportedException();
    }
}
