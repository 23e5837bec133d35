using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

public class ResultRowJsonTests
{
    [Fact]
    public void The_row_of_the_contract_is_written_to_the_letter() => Assert.Equal(
        """
        {"indicator":"cov_sample","definition":"cov_sample@1","group":{"factory":"F001"},
        "window_start":"2024-03-01T00:00:00+08:00","window_end":"2024-04-01T00:00:00+08:00",
        "value":0.9267095982827354,"unit":"ratio","numerator":3022,"denominator":3261,"low":null,"high":null,
        "status":"PUBLISHED","reason":null,"flags":[],
        "evidence":{"n_received":3261,"n_dup":0,"n_conflict":0,"n_quarantined":{},"n_valid":3022,"n_missing":0,
        "n_invalid":0,"n_unserved":239,"first_ts":"2024-03-01T00:00:00.000000001+08:00","last_ts":"2024-03-31T23:59:59+08:00",
        "expected":null,"completeness":null}}
        """.ReplaceLineEndings(string.Empty),
        Text(SampleReport.Contract));

    [Fact]
    public void Additions_revision_exact_numbers_and_rare_characters_are_kept() => Assert.Equal(
        """
        {"indicator":"eff_gain","definition":"eff_gain@1","group":{"factory":"沈阳\"一\"厂, 𠮷"},
        "window_start":"2024-03-01T00:00:00+08:00","window_end":"2024-04-01T00:00:00+08:00",
        "value":0.1,"unit":"ratio","numerator":12345678901234567890.123,"denominator":9007199254740993,"low":-0.25,"high":1,
        "status":"PUBLISHED_WITH_WARNING","reason":null,"flags":["NO_SEASON_MATCH","SIMPSON"],
        "evidence":{"n_received":10,"n_dup":0,"n_conflict":0,"n_quarantined":{"FUTURE":2,"UNPARSEABLE":1},"n_valid":0,"n_missing":0,
        "n_invalid":0,"n_unserved":0,"first_ts":null,"last_ts":null,"expected":12.5,"completeness":0.56,
        "profile":"cn-nr-a","baseline_start":"2024-03-01T00:00:00+08:00","matched_share_base":0.95,"n_days_base":30,
        "evidence_ids":["E-1","E-2"]},"revision":2}
        """.ReplaceLineEndings(string.Empty),
        Text(SampleReport.Phases));

    [Fact]
    public void A_disclosed_row_has_neither_numbers_nor_evidence() => Assert.EndsWith(
        "\"status\":\"SUPPRESSED\",\"reason\":\"DISCLOSURE\",\"flags\":[],\"evidence\":null}",
        Text(SampleReport.Suppressed),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("plain")]
    [InlineData("tab\tquote\"back\\slash/\u0001\u001f\u007f\u2028<>&'+")]
    [InlineData("中文 𠀀 😀")]
    [InlineData("")]
    public void Texts_read_back_as_they_were(string text)
    {
        var row = SampleReport.Contract with { Group = [KeyValuePair.Create("factory", (string?)text)] };
        using var document = JsonDocument.Parse(Text(row));
        Assert.Equal(text, document.RootElement.GetProperty("group").GetProperty("factory").GetString());
    }

    [Fact]
    public void Long_texts_survive_the_pieces_in_which_they_are_written()
    {
        var text = string.Concat(Enumerable.Repeat("a😀", 5000));
        using var document = JsonDocument.Parse(Text(SampleReport.Contract with { Unit = text }));
        Assert.Equal(text, document.RootElement.GetProperty("unit").GetString());
    }

    [Fact]
    public void A_lone_surrogate_becomes_a_replacement_character() =>
        Assert.Contains("\"unit\":\"x\uFFFDy\"", Text(SampleReport.Contract with { Unit = "x\ud800y" }), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(1.0, "1")]
    [InlineData(1e-7, "1E-07")]
    [InlineData(double.NaN, "null")]
    [InlineData(double.PositiveInfinity, "null")]
    [InlineData(double.Epsilon, "5E-324")]
    public void Values_are_the_shortest_text_that_reads_back(double value, string text)
    {
        Assert.Contains($"\"value\":{text},", Text(SampleReport.Contract with { Value = value }), StringComparison.Ordinal);
        if (double.IsFinite(value))
        {
            Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData(0, "UTC", "1970-01-01T00:00:00+00:00")]
    [InlineData(-1, "UTC", "1969-12-31T23:59:59.999999999+00:00")]
    [InlineData(SampleReport.March, "America/New_York", "2024-02-29T11:00:00-05:00")]
    [InlineData(SampleReport.March + 120_000_000, "Asia/Kolkata", "2024-02-29T21:30:00.120000000+05:30")]
    [InlineData(long.MaxValue, "UTC", "2262-04-11T23:47:16.854775807+00:00")]
    [InlineData(long.MinValue, "UTC", "1677-09-21T00:12:43.145224192+00:00")]
    public void Instants_carry_nine_decimals_or_none(long nanoseconds, string zone, string text) =>
        Assert.Equal(text, InstantText.Format(nanoseconds, TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void The_digest_is_that_of_the_rows_as_ndjson()
    {
        var rows = Enumerable.Repeat(SampleReport.Whole.Rows, 100).SelectMany(static rows => rows).ToList();
        var ndjson = string.Concat(rows.Select(static row => Text(row) + "\n"));
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ndjson)));
        Assert.Equal(digest, ResultDigest.Compute(rows, SampleReport.Shanghai));
    }

    [Fact]
    public void The_digest_of_no_rows_is_that_of_nothing() => Assert.Equal(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ResultDigest.Compute([], SampleReport.Shanghai));

    private static string Text(IndicatorRow row)
    {
        var buffer = new ArrayBufferWriter<byte>();
        ResultRowJson.Write(buffer, row, SampleReport.Shanghai);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
