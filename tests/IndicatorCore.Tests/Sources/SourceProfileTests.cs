using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Tests.Sources;

public sealed class SourceProfileTests
{
    [Fact]
    public void Every_setting_is_read()
    {
        var settings = Settings("""
            {
              // a comment
              "name": "all",
              "table": "energy", "delimiter": "tab", "encoding": "GBK", "zone": "Asia/Seoul",
              "stamp": "end", "interval": "15min", "midnight_stamp": "labelled_day",
              "plausible": ["2015-01-01", "2016-01-01T00:00:00Z"],
              "nominal_period": "100ms", "heartbeat_timeout": "2h", "default_rat": "LTE", "cost_period": "month",
              "identity": { "columns": "all", "except": ["run_id"] },
              "columns": {
                "interval_start": { "from": "date", "format": "dd/MM/yyyy HH:mm" },
                "kwh": { "from": "Usage", "unit": "1/1000", "missing": ["-", ""], "sentinels": [-1, 9999.5] },
                "line": "team",
                "product": { "from": "department", "trim": true, "values": { "a": "A", "b": 2 } },
                "q_good": { "product_of": ["x", "y"] },
                "unit": { "constant": "t" },
                "rsrp_dbm": { "unit": "index" },
              },
            }
            """);

        Assert.Equal("energy", settings.Table);
        Assert.Equal("\t", settings.Delimiter);
        Assert.Equal("gb18030", settings.Encoding, ignoreCase: true);
        Assert.Equal("Asia/Seoul", settings.TimeZone);
        Assert.Equal(TimestampStamp.End, settings.Stamp);
        Assert.Equal(900_000_000_000, settings.IntervalNanoseconds);
        Assert.Equal(MidnightStamp.LabelledDay, settings.Midnight);
        Assert.Equal(1_420_038_000_000_000_000, settings.PlausibleFrom); // 2014-12-31T15:00Z: the zone is +09:00
        Assert.Equal(1_451_606_400_000_000_000, settings.PlausibleTo);
        Assert.Equal(100_000_000, settings.NominalPeriodNanoseconds);
        Assert.Equal(7_200_000_000_000, settings.HeartbeatTimeoutNanoseconds);
        Assert.Equal("LTE", settings.DefaultRat);
        Assert.True(settings.CostPeriodIsMonth);
        Assert.Equal(["*"], settings.Identity);
        Assert.Equal(["run_id"], settings.IdentityExcept);
        Assert.Equal("dd/MM/yyyy HH:mm", settings.Columns["interval_start"].Format);
        Assert.Equal(new ExactFraction(1, 1000), settings.Columns["kwh"].Unit);
        Assert.Equal(["-", ""], settings.Columns["kwh"].Missing);
        Assert.Equal([-1m, 9999.5m], settings.Columns["kwh"].Sentinels);
        Assert.Equal("team", settings.Columns["line"].From);
        Assert.True(settings.Columns["product"].Trim);
        Assert.Equal("2", settings.Columns["product"].Values!["b"]);
        Assert.Equal(["x", "y"], settings.Columns["q_good"].ProductOf);
        Assert.Equal("t", settings.Columns["unit"].Constant);
        Assert.True(settings.Columns["rsrp_dbm"].IsReportIndex);
    }

    [Theory]
    [InlineData("1/1000", "1/1000")]
    [InlineData("0.001", "1/1000")]
    [InlineData("2.50", "5/2")]
    [InlineData("6/4", "3/2")]
    [InlineData("0.5/0.25", "2/1")]
    public void A_unit_is_an_exact_fraction(string unit, string expected)
    {
        var fraction = Settings($$"""{ "columns": { "kwh": { "unit": "{{unit}}" } } }""").Columns["kwh"].Unit!.Value;
        Assert.Equal(expected, $"{fraction.Numerator}/{fraction.Denominator}");
    }

    [Fact]
    public void The_first_file_rule_that_matches_lies_over_the_defaults()
    {
        var profile = SourceProfile.Parse(
            """
            {
              "zone": "Asia/Shanghai", "table": "radio",
              "columns": { "event_ts": "ts", "cell": "c" },
              "files": [
                { "pattern": "probe_*.csv", "table": "probe", "columns": { "event_ts": "sent" } },
                { "pattern": "*.csv", "table": "counter" },
                { "pattern": "old/*.txt", "zone": "UTC" },
              ],
            }
            """,
            "p.json");

        var probe = profile.For("/data/PROBE_1.csv");
        Assert.Equal(("probe", "Asia/Shanghai", "sent", "c"), (probe.Table, probe.TimeZone, probe.Columns["event_ts"].From, probe.Columns["cell"].From));
        Assert.Equal("counter", profile.For("x.csv").Table);
        Assert.Equal("radio", profile.For("x.arrow").Table);
        Assert.Equal("UTC", profile.For("/a/old/x.txt").TimeZone);
        Assert.Equal("Asia/Shanghai", profile.For("/a/new/x.txt").TimeZone);
    }

    [Fact]
    public void Canonical_json_reads_back_to_the_same_settings()
    {
        const string Json = """
            {
              "files": [ { "columns": { "kwh": { "sentinels": [1.50], "values": { "b": "1", "a": 2 } }, "energy": "x" }, "pattern": "*.csv" } ],
              "interval": "900s", "stamp": "start", "name": "能耗", "plausible": [null, "2016-01-01T08:00:00+08:00"],
              "identity": ["设备", "a"],
            }
            """;
        var profile = SourceProfile.Parse(Json.Replace("\"energy\": \"x\"", "\"meter\": \"x\"", StringComparison.Ordinal), "p.json");
        var canonical = profile.ToJson();

        Assert.Equal(
            """
            {"name":"能耗","stamp":"start","interval":"15min","plausible":[null,"2016-01-01T00:00:00Z"],
            "identity":{"columns":["设备","a"]},"files":[{"pattern":"*.csv","columns":{"kwh":{"values":{"a":"2","b":"1"},"sentinels":[1.5]},
            "meter":{"from":"x"}}}]}
            """.ReplaceLineEndings(string.Empty),
            canonical);
        Assert.Equal(canonical, SourceProfile.Parse(canonical, "again").ToJson());
    }

    [Fact]
    public void Settings_survive_the_way_through_json()
    {
        var settings = Settings("""
            { "table": "radio", "zone": "Asia/Seoul", "plausible": ["2018-01-01", "2019-01-01"], "interval": "15min",
              "identity": "all", "columns": { "rsrp_dbm": { "unit": "index", "sentinels": [0] } } }
            """);
        var back = SourceProfile.Parse(SourceProfile.Of(settings).ToJson(), "again").For("any");
        Assert.Equal(settings.PlausibleFrom, back.PlausibleFrom);
        Assert.Equal(settings.PlausibleTo, back.PlausibleTo);
        Assert.Equal(settings.Identity, back.Identity);
        Assert.Equal(SourceProfile.Of(settings).ToJson(), SourceProfile.Of(back).ToJson());
    }

    [Theory]
    [InlineData("""{ "delimeter": ";" }""", "\"delimeter\" is not a key of the profile", "delimiter")]
    [InlineData("""{ "columns": { "rsrp_dBm": "x" } }""", "\"rsrp_dBm\" is not a key of columns", "rsrp_dbm")]
    [InlineData("""{ "columns": { "kwh": { "form": "x" } } }""", "\"form\" is not a key of columns.kwh", "from")]
    [InlineData("""{ "columns": { "kwh": { "trim": "yes" } } }""", "columns.kwh.trim must be true or false", "")]
    [InlineData("""{ "columns": { "kwh": { "unit": "1/0" } } }""", "columns.kwh.unit is not an exact factor", "1/1000")]
    [InlineData("""{ "columns": { "kwh": { "unit": "index" } } }""", "columns.kwh.unit stands for report indices", "")]
    [InlineData("""{ "columns": { "kwh": { "format": "yyyy" } } }""", "columns.kwh.format does not apply", "Leave")]
    [InlineData("""{ "columns": { "event_ts": { "format": "epoch_m" } } }""", "columns.event_ts.format is not an epoch unit", "epoch_ms")]
    [InlineData("""{ "columns": { "event_ts": { "format": "HH:mm" } } }""", "columns.event_ts.format is not a pattern", "MM is the month")]
    [InlineData("""{ "columns": { "kwh": { "from": "a", "constant": 1 } } }""", "columns.kwh has more than one", "")]
    [InlineData("""{ "columns": { "kwh": { "product_of": ["a"] } } }""", "columns.kwh.product_of must name two columns", "")]
    [InlineData("""{ "table": "radios" }""", "table is not one of its values", "radio")]
    [InlineData("""{ "zone": "Asia/Shangai" }""", "zone is not a zone", "IANA")]
    [InlineData("""{ "encoding": "utf-9" }""", "encoding is not a known encoding", "GB18030")]
    [InlineData("""{ "interval": "15" }""", "interval is not a length of time", "15min")]
    [InlineData("""{ "interval": 15 }""", "interval must be text", "")]
    [InlineData("""{ "interval": "0s" }""", "interval is not a length of time", "")]
    [InlineData("""{ "stamp": "end" }""", "without \"interval\"", "15min")]
    [InlineData("""{ "plausible": ["2016-01-01", "2015-01-01"] }""", "ends before it begins", "")]
    [InlineData("""{ "plausible": ["2016-13-01", null] }""", "plausible[0] is neither a date nor an instant", "")]
    [InlineData("""{ "files": [ { "table": "radio" } ] }""", "files[0] has no \"pattern\"", "")]
    [InlineData("""{ "files": [ { "pattern": "*", "zone": 1 } ] }""", "files[0].zone must be text", "")]
    [InlineData("""{ "zone": "UTC", "zone": "UTC" }""", "not valid JSON", "each key may stand once")]
    [InlineData("""{ "zone": }""", "not valid JSON", "")]
    [InlineData("""[]""", "The profile must be an object", "")]
    public void A_fault_names_profile_path_and_nearest_key(string json, string problem, string advice)
    {
        var fault = Assert.Throws<ConfigurationException>(() => SourceProfile.Parse(json, "my.json"));
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Advice ?? string.Empty, StringComparison.Ordinal);
        Assert.Equal("my.json", fault.Location.File);
    }

    [Theory]
    [InlineData("2024-03-10T02:30:00", "2024-03-10T07:00:00")] // the clock jumps from 2 to 3: the transition
    [InlineData("2024-11-03T01:30:00", "2024-11-03T05:30:00")] // it reads 1:30 twice: the first
    [InlineData("2024-07-01T00:00:00", "2024-07-01T04:00:00")]
    public void Wall_clock_time_of_a_zone_with_summer_time_has_one_instant(string local, string utc)
    {
        var ticks = LocalTime.ToUtcTicks(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), LocalTime.Zone("America/New_York"));
        Assert.Equal(utc, new DateTime(ticks, DateTimeKind.Utc).ToString("s"));
    }

    private static SourceSettings Settings(string json) => SourceProfile.Parse(json, "p.json").For("x.csv");
}
