using System.Text;
using System.Text.Json;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Adapters.Results;

public class ResultWriterTests
{
    [Fact]
    public void Json_holds_the_manifest_and_the_rows_of_the_digest()
    {
        var text = Written(new JsonResultWriter(), SampleReport.Whole);
        using var document = JsonDocument.Parse(text);
        Assert.Equal(["manifest", "results"], document.RootElement.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(SampleReport.Whole.Manifest.RowDigest, document.RootElement.GetProperty("manifest").GetProperty("row_digest").GetString());
        var rows = document.RootElement.GetProperty("results").EnumerateArray().Select(static row => row.GetRawText() + "\n");
        Assert.Equal(Written(new NdjsonResultWriter(), SampleReport.Whole), string.Concat(rows));
    }

    [Fact]
    public void Json_without_rows_is_whole_too()
    {
        using var document = JsonDocument.Parse(Written(new JsonResultWriter(), SampleReport.Of()));
        Assert.Equal(0, document.RootElement.GetProperty("results").GetArrayLength());
        Assert.Equal(string.Empty, Written(new NdjsonResultWriter(), SampleReport.Of()));
    }

    [Fact]
    public void Csv_has_a_column_a_group_key_and_prefixed_evidence()
    {
        var lines = Written(new CsvResultWriter(), SampleReport.Whole).Split('\n');
        Assert.Equal(
            "indicator,definition,factory,window_start,window_end,value,unit,numerator,denominator,low,high,status,reason,flags,"
            + "evidence_n_received,evidence_n_dup,evidence_n_conflict,evidence_n_quarantined,evidence_n_valid,evidence_n_missing,"
            + "evidence_n_invalid,evidence_n_unserved,evidence_first_ts,evidence_last_ts,evidence_expected,evidence_completeness,"
            + "evidence_profile,evidence_baseline_start,evidence_matched_share_base,evidence_n_days_base,evidence_evidence_ids,revision",
            lines[0]);
        Assert.Equal("knr,knr@1,,,,,ratio,,,,,SUPPRESSED,DISCLOSURE,,,,,,,,,,,,,,,,,,,", lines[1]);
        Assert.Equal(
            "eff_gain,eff_gain@1,\"沈阳\"\"一\"\"厂, 𠮷\",2024-03-01T00:00:00+08:00,2024-04-01T00:00:00+08:00,0.1,ratio,"
            + "12345678901234567890.123,9007199254740993,-0.25,1,PUBLISHED_WITH_WARNING,,NO_SEASON_MATCH;SIMPSON,10,0,0,"
            + "FUTURE=2;UNPARSEABLE=1,0,0,0,0,,,12.5,0.56,cn-nr-a,2024-03-01T00:00:00+08:00,0.95,30,E-1;E-2,2",
            lines[3]);
        Assert.Equal(string.Empty, lines[4]);
    }

    [Fact]
    public void Levels_with_different_keys_share_the_columns_of_all()
    {
        var city = SampleReport.Contract with { Group = [KeyValuePair.Create("city", (string?)"沈阳")] };
        var report = SampleReport.Of(city, SampleReport.Contract);
        var lines = Written(new CsvResultWriter(), report).Split('\n');
        Assert.StartsWith("indicator,definition,city,factory,window_start", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("cov_sample,cov_sample@1,沈阳,,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("cov_sample,cov_sample@1,,F001,", lines[2], StringComparison.Ordinal);
        Assert.Contains("\n*     F001     cov_sample", Written(new TableResultWriter(), report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_shows_percent_and_aligns_wide_characters()
    {
        var city = SampleReport.Contract with { Group = [KeyValuePair.Create("factory", (string?)"沈阳一厂")] };
        var text = Written(new TableResultWriter(), SampleReport.Of(city, SampleReport.Contract with { Value = 0.9465 }));
        Assert.Equal(
            """
            factory   indicator    value  numerator  denominator  status
            ────────  ──────────  ──────  ─────────  ───────────  ─────────
            沈阳一厂  cov_sample  92.7 %       3022         3261  PUBLISHED
            F001      cov_sample  94.6 %       3022         3261  PUBLISHED

            """,
            text[..(text.IndexOf("\n\n", StringComparison.Ordinal) + 1)]);
        Assert.Contains("window 2024-03-01..2024-04-01", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(70)]
    [InlineData(126)]
    public void A_table_wraps_texts_to_the_width_but_never_numbers(int width)
    {
        var lines = Written(new TableResultWriter(width), SampleReport.Of(SampleReport.Phases, SampleReport.Contract)).Split('\n');
        var table = lines.TakeWhile(static line => line.Length > 0).ToList();
        Assert.Contains(table, static line => line.Contains("12345678901234567890.123", StringComparison.Ordinal));
        if (width >= 126)
        {
            Assert.All(table, line => Assert.True(DisplayWidth.Of(line) <= width, line));
        }
    }

    [Theory]
    [InlineData(0.9465, "94.6 %")]
    [InlineData(0.9475, "94.8 %")]
    [InlineData(0.9496, "95.0 %")]
    [InlineData(-0.34, "-34.0 %")]
    [InlineData(0, "0.0 %")]
    [InlineData(1e-9, "0.0 %")]
    public void Percent_rounds_ties_to_even(double ratio, string text) => Assert.Equal(text, ResultPresentation.Percent(ratio));

    [Fact]
    public void Colour_and_control_characters_come_only_from_the_writer()
    {
        var hostile = SampleReport.Contract with { Group = [KeyValuePair.Create("factory", (string?)"\e[2Jx\n")] };
        Assert.DoesNotContain('\e', Written(new TableResultWriter(), SampleReport.Of(hostile, SampleReport.Suppressed)));
        Assert.Contains("\e[31m", Written(new TableResultWriter(120, useColor: true), SampleReport.Of(SampleReport.Suppressed)), StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_makes_the_cells_literal()
    {
        var hostile = SampleReport.Contract with { Group = [KeyValuePair.Create("factory", (string?)"a|b <c> *d*")] };
        var lines = Written(new MarkdownResultWriter(), SampleReport.Of(hostile)).Split('\n');
        Assert.Equal("| factory | indicator | value | numerator | denominator | status |", lines[0]);
        Assert.Equal("| --- | --- | ---: | ---: | ---: | --- |", lines[1]);
        Assert.Equal("| a\\|b &lt;c> \\*d\\* | cov\\_sample | 92.7 % | 3022 | 3261 | PUBLISHED |", lines[2]);
    }

    private static string Written(IResultWriter writer, IndicatorReport report)
    {
        using var stream = new MemoryStream();
        writer.Write(report, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
