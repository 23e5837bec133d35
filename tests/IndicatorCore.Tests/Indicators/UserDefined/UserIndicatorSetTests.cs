using System.Text;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Indicators.UserDefined;

public sealed class UserIndicatorSetTests
{
    [Theory]
    [InlineData("", "not valid JSON", "")]
    [InlineData("[]", "The definition file must be an object", "")]
    [InlineData("{}", "has no \"indicators\"", "\"aggregate\": \"count\"")]
    [InlineData("""{"indicator": []}""", "\"indicator\" is not a key of the definition file", "indicators")]
    [InlineData("""{"indicators": {}}""", "indicators must be an array", "")]
    [InlineData("""{"indicators": [], "indicators": []}""", "not valid JSON", "each key may stand once")]
    [InlineData("""{"table": "radios", "indicators": []}""", "table is no table, and is \"radios\"", "Did you mean radio?")]
    [InlineData("""{"table": 3, "indicators": []}""", "table must be text", "")]
    [InlineData("""{"measures": {"latency_ms": {"scal": 1}}, "indicators": []}""", "\"scal\" is not a key of measures.latency_ms", "scale")]
    [InlineData("""{"measures": {"latency_ms": {"scale": "2e-6"}}, "indicators": []}""", "measures.latency_ms.scale is no scale", "1e-6")]
    [InlineData("""{"measures": {"latency_ms": {"scale": 1e-13}}, "indicators": []}""", "measures.latency_ms.scale is no scale", "1e-12")]
    [InlineData("""{"measures": {"latency_ms": {"range": [0]}}, "indicators": []}""", "measures.latency_ms.range is no range", "null for no bound")]
    [InlineData("""{"measures": {"latency_ms": {"range": [2, 1]}}, "indicators": []}""", "measures.latency_ms.range ends before it begins", "")]
    [InlineData("""{"measures": {"latency_ms": {"range": [0.0000001, null]}}, "indicators": []}""", "finer than the scale", "")]
    [InlineData("""{"measures": {"latency_ms": {"range": [0, 1e300]}}, "indicators": []}""", "beyond what the scale", "null for no bound")]
    [InlineData("""{"measures": {"latency_ms": {"range": [0, 1e999999999]}}, "indicators": []}""", "exponent", "")]
    [InlineData("""{"measures": {"latency_ms": {"sentinels": ["-1"]}}, "indicators": []}""", "measures.latency_ms.sentinels[0] must be a finite number", "")]
    [InlineData("""{"measures": {"device": {"scale": "1"}}, "indicators": []}""", "measures.device is no measure", "")]
    [InlineData("""{"indicators": [3]}""", "indicators[0] must be an object", "")]
    [InlineData("""{"indicators": [{"aggregate": "count"}]}""", "indicators[0] has no \"id\"", "\"id\": \"rows\"")]
    [InlineData("""{"indicators": [{"id": "a"}]}""", "indicators[0] has no \"aggregate\"", "count")]
    [InlineData("""{"indicators": [{"id": "A", "aggregate": "count"}]}""", "indicators[0].id is no id, and is \"A\"", "small letter")]
    [InlineData("""{"indicators": [{"id": "a.b.c", "aggregate": "count"}]}""", "indicators[0].id is no id", "one part behind a point")]
    [InlineData("""{"indicators": [{"id": "a\n", "aggregate": "count"}]}""", "indicators[0].id holds a control character", "")]
    [InlineData("""{"indicators": [{"id": "", "aggregate": "count"}]}""", "indicators[0].id is empty", "")]
    [InlineData("""{"indicators": [{"id": "cov_sample", "aggregate": "count"}]}""", "built-in indicator", "my_cov_sample")]
    [InlineData("""{"indicators": [{"id": "eff_gain.paasche", "aggregate": "count"}]}""", "built-in indicator", "my_eff_gain_paasche")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count"}, {"id": "a", "aggregate": "count"}]}""", "indicators[1].id is the id of indicators[0].id too", "of its own")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "cuont"}]}""", "indicators[0].aggregate is no aggregate", "Did you mean count?")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "colum": "x"}]}""", "\"colum\" is not a key of indicators[0]", "column")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "sum"}]}""", "indicators[0] is a sum without \"column\"", "latency_ms")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "column": "kwh"}]}""", "indicators[0].column has no meaning for a count", "Leave it out")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "share"}]}""", "indicators[0] is a share without \"where\"", "online")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "sum", "column": "kwh", "of": {"x": 1}}]}""", "indicators[0].of has no meaning for a sum", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "quantile", "column": "kwh"}]}""", "is a quantile without \"q\"", "0.95")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "quantile", "column": "kwh", "q": 0}]}""", "indicators[0].q is no order of a quantile", "above 0")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "quantile", "column": "kwh", "q": 1.5}]}""", "indicators[0].q is no order of a quantile", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "sum", "column": "device"}]}""", "indicators[0].column holds no numbers", "distinct")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "max", "column": "online"}]}""", "indicators[0].column holds no numbers", "count")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "distinct", "column": "event_ts"}]}""", "is an instant", "device")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "version": 0}]}""", "indicators[0].version must be a whole number from 1", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "table": "probes"}]}""", "indicators[0].table is no table", "probe")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {}}]}""", "indicators[0].where is no condition", "online")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"x": {}}}]}""", "indicators[0].where.x is no condition", "ge")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"x": null}}]}""", "indicators[0].where.x is nothing to compare with", "valid")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"x": {"gte": 1}}}]}""", "\"gte\" is not a key of indicators[0].where.x", "ge")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"x": {"ge": "1"}}}]}""", "indicators[0].where.x.ge orders what has no order", "need a number")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"device": 5}}]}""", "indicators[0].where.device does not fit 'device'", "text in quotes")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"online": "yes"}}]}""", "indicators[0].where.online does not fit 'online'", "true and false")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"rsrp_dbm": true}}]}""", "does not fit 'rsrp_dbm'", "holds numbers")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"event_ts": {"ge": 1}}}]}""", "is about an instant", "--from")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"x": {"in": []}}}]}""", "indicators[0].where.x.in holds 0 values", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"x": {"in": [1, "b"]}}}]}""", "indicators[0].where.x.in[1] is of another kind", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"x": {"valid": 1}}}]}""", "indicators[0].where.x.valid must be true or false", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"x": ""}}]}""", "empty or very long text", "valid")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"all": []}}]}""", "indicators[0].where.all is an empty list", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"any": {"x": 1}}}]}""", "indicators[0].where.any must be an array", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "ratio", "numerator": "a"}]}""", "indicators[0] is a ratio without \"denominator\"", "q_good")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "ratio", "numerator": "a", "denominator": "a"}]}""", "is made of itself: a and again a", "circle")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "ratio", "numerator": "b", "denominator": "c"}]}""", "indicators[0].numerator is no indicator of the file", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "ratio", "numerator": "b", "denominator": "b"}, {"id": "b", "aggregate": "max", "column": "x"}]}""", "is a max, and sides are counts and sums", "combine")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "ratio", "numerator": "b", "denominator": "c"}, {"id": "b", "aggregate": "count", "table": "energy"}, {"id": "c", "aggregate": "count"}]}""", "indicators[0].denominator is of table telemetry", "combine")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "ratio", "numerator": {"aggregate": "mean", "column": "x"}, "denominator": {"aggregate": "count"}}]}""", "indicators[0].numerator.aggregate does not add up", "counts and sums")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "mean", "column": "x", "weight": "device"}]}""", "indicators[0].weight holds no numbers", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "max", "column": "x", "weight": "y"}]}""", "indicators[0].weight has no meaning for a max", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "publish": {"min_row": 1}}]}""", "\"min_row\" is not a key of indicators[0].publish", "min_rows")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "publish": {"min_rows": -1}}]}""", "indicators[0].publish.min_rows must be a whole number", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "publish": {"max_missing_share": 0.1}}]}""", "of no single column", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "max", "column": "x", "publish": {"max_missing_share": {"warn": 0.2, "suppress": 0.1}}}]}""", "suppresses before it warns", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "max", "column": "x", "publish": {"max_missing_share": 1.5}}]}""", "is no share", "0 to 1")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "disclosure": {"weight": "size"}}]}""", "indicators[0].disclosure.weight is nothing to weigh", "rows")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "disclosure": {"weight": "denominator"}}]}""", "weighs a denominator, and there is none", "numerator")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "better": "up"}]}""", "indicators[0].better is no direction", "higher")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "fisher", "output": "x", "input": "y", "strata": ["city"]}]}""", "indicators[0].strata[0] tells no strata apart", "product")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "fisher", "output": "x", "input": "x"}]}""", "indicators[0].input is the output too", "")]
    [InlineData("""{"indicators": [{"id": "a.b", "aggregate": "fisher", "output": "x", "input": "y"}]}""", "parts of its own", "point")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "fisher", "output": "x", "input": "y"}, {"id": "a.paasche", "aggregate": "count"}]}""", "is a part of indicators[0].id", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "fisher", "output": "x", "input": "y", "publish": {}}]}""", "indicators[0].publish has no meaning for a fisher", "profile")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "fisher", "output": "x", "input": "y", "after": "2024-01-01..2024-02-01"}]}""", "comes without \"baseline\"", "both")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "gain", "measure": {"aggregate": "count"}, "baseline": "2024-01-01", "after": "x..y"}]}""", "indicators[0].baseline is no span", "FROM..TO")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "gain", "measure": {"aggregate": "max", "column": "x"}}]}""", "indicators[0].measure.aggregate is nothing that a gain compares", "")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "gain", "measure": "b"}, {"id": "b", "aggregate": "max", "column": "x"}]}""", "indicators[0].measure is a max", "")]
    [InlineData("""{"indicators": [{"id": "a", "combine": "b", "aggregate": "count"}, {"id": "b", "aggregate": "count"}]}""", "indicators[0].aggregate has no meaning for a combination", "")]
    [InlineData("""{"indicators": [{"id": "a", "combine": "b", "publish": {"min_rows": 1}}, {"id": "b", "aggregate": "count"}]}""", "indicators[0].publish has no meaning for a combination", "parts")]
    [InlineData("""{"indicators": [{"id": "a", "combine": "eff_gain.pooled + 1"}]}""", "indicators[0] has no \"unit\"", "unit")]
    [InlineData("""{"indicators": [{"id": "a", "combine": "energy_kwh / energy_kwh * energy_kwh", "unit": "t"}]}""", "is not the unit of \"combine\", which gives kWh", "constant")]
    [InlineData("""{"indicators": [{"id": "a", "aggregate": "count", "where": {"x": {"ge": 1e500}}}]}""", "indicators[0].where.x.ge has an exponent beyond", "")]
    public void What_makes_no_sense_is_refused_with_its_place(string json, string problem, string advice)
    {
        var fault = Assert.Throws<ConfigurationException>(() => UserIndicatorSet.Parse(json, "mine.jsonc"));
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Advice ?? string.Empty, StringComparison.Ordinal);
        Assert.Equal("mine.jsonc", fault.Location.File);
        Assert.True(fault.Location.Row is null or 1);
    }

    [Fact]
    public void A_fault_of_syntax_names_its_line()
    {
        var fault = Assert.Throws<ConfigurationException>(() => UserIndicatorSet.Parse("{\n\"indicators\": [\n{ \"id\" \"a\" }]}", "mine.jsonc"));
        Assert.Equal(3, fault.Location.Row);
    }

    [Fact]
    public void Hostile_files_end_in_a_clean_error()
    {
        var nested = Counting(string.Concat(Enumerable.Repeat("{\"not\":", 100_000)));
        Assert.Throws<ConfigurationException>(() => UserIndicatorSet.Parse(nested, "nested"));
        var many = new StringBuilder("{\"indicators\": [");
        for (var i = 0; i < 100_000; i++)
        {
            many.Append("{\"id\": \"a").Append(i).Append("\", \"aggregate\": \"count\"},");
        }

        var fault = Assert.Throws<ConfigurationException>(() => UserIndicatorSet.Parse(many.Append("]}").ToString(), "many"));
        Assert.Contains("100000 indicators, more than 1000", fault.Message, StringComparison.Ordinal);
        var wide = Counting("{\"any\": [" + string.Concat(Enumerable.Range(0, 2_000).Select(static i => $"{{\"x{i}\": 1}},")) + "]}");
        Assert.Contains("1000 conditions", Assert.Throws<ConfigurationException>(() => UserIndicatorSet.Parse(wide, "wide")).Message, StringComparison.Ordinal);
        var digits = Counting("{\"x\": " + new string('9', 100_000) + "}");
        Assert.Contains("60 digits", Assert.Throws<ConfigurationException>(() => UserIndicatorSet.Parse(digits, "digits")).Message, StringComparison.Ordinal);

        static string Counting(string where) => "{\"indicators\": [{\"id\": \"a\", \"aggregate\": \"count\", \"where\": " + where + "}]}";
    }

    [Fact]
    public void Comments_and_trailing_commas_are_read_and_names_default()
    {
        var set = UserIndicatorSet.Parse("""{ /* mine */ "indicators": [ { "id": "worst", "aggregate": "max", "column": "latency_ms", }, ], }""", "mine.jsonc");
        var worst = Assert.Single(set.Indicators);
        Assert.Equal(("worst@1", "worst", "ms", "max of latency_ms"), (worst.Definition, worst.ChineseName, worst.Unit, worst.Formula));
        Assert.Equal("telemetry: event_ts, latency_ms", Assert.Single(worst.Needs).ToString());
    }

    [Fact]
    public void The_digest_is_of_what_is_said_not_of_how()
    {
        const string One = """{"indicators": [{"id": "a", "aggregate": "count", "where": {"x": {"ge": 1}, "online": true}}, {"id": "b", "aggregate": "count"}]}""";
        const string Same = """{"table": "telemetry", "indicators": [{"id": "b", "aggregate": "count"}, {"id": "a", "where": {"all": [{"online": true}, {"x": {"ge": 1.0}}]}, "aggregate": "count"}]}""";
        Assert.Equal(Digest(One), Digest(Same));
        foreach (var (from, to) in new[] { ("\"ge\": 1", "\"ge\": 1.1"), ("true", "false"), ("\"b\"", "\"c\""), ("\"ge\"", "\"gt\"") })
        {
            Assert.NotEqual(Digest(One), Digest(One.Replace(from, to, StringComparison.Ordinal)));
        }

        const string Measure = """{"measures": {"x": {"range": [0, 9]}}, "indicators": [{"id": "a", "aggregate": "max", "column": "x"}]}""";
        Assert.NotEqual(Digest(Measure), Digest(Measure.Replace("9", "8", StringComparison.Ordinal)));

        static string Digest(string json) => UserIndicatorSet.Parse(json, "x").Digest;
    }

    [Fact]
    public void Files_add_up_unless_they_share_an_id()
    {
        var a = UserIndicatorSet.Parse("""{"indicators": [{"id": "b", "aggregate": "count"}]}""", "one");
        var b = UserIndicatorSet.Parse("""{"indicators": [{"id": "a", "aggregate": "count"}]}""", "two");
        Assert.Equal(["a", "b"], UserIndicatorSet.Union([a, b]).Indicators.Select(static indicator => indicator.Id));
        var fault = Assert.Throws<ConfigurationException>(() => UserIndicatorSet.Union([a, b, a]));
        Assert.Contains("'b' is defined in one too", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_query_refuses_unknown_ids_and_names_the_nearest()
    {
        var set = UserIndicatorSet.Parse("""{"indicators": [{"id": "covered", "aggregate": "count"}]}""", "mine");
        var fault = Assert.Throws<ConfigurationException>(() => new IndicatorEngine(new IndicatorQuery { UserDefined = set, Select = ["coverd"] }));
        Assert.Contains("covered", fault.Advice, StringComparison.Ordinal);
    }
}
