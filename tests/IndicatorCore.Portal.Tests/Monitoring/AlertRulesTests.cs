using IndicatorCore.Errors;
using IndicatorCore.Portal.Monitoring;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Monitoring;

public sealed class AlertRulesTests
{
    [Fact]
    public void A_file_of_rules_is_read()
    {
        var rules = AlertRules.Parse(
            """
            {
              // comments may stand here
              "rules": [
                { "name": "online", "kind": "below", "indicator": "knr", "level": "factory", "group": { "factory": "F001" }, "view": "month", "threshold": 0.9, "clear": 0.92 },
                { "kind": "above", "indicator": "lat_p95", "level": "", "threshold": 20 },
                { "kind": "silent", "by": "factory", "after": "24h" },
                { "kind": "drift" },
                { "kind": "set_aside", "after": "5min" },
              ],
              "webhook": { "url": "https://example.org/hook", "secret_env": "HOOK_SECRET", "timeout": "3s" },
            }
            """,
            "rules.json");
        Assert.Equal(["online", "above", "silent", "drift", "set_aside"], rules.Rules.Select(static rule => rule.Name));
        Assert.Equal((0.9, 0.92, "month"), (rules.Rules[0].Threshold, rules.Rules[0].Clear, rules.Rules[0].View));
        Assert.Equal((20d, 20d, string.Empty), (rules.Rules[1].Threshold, rules.Rules[1].Clear, rules.Rules[1].Level));
        Assert.True(rules.Rules[2].IsByFactory);
        Assert.Equal(TimeSpan.FromMinutes(5), rules.Rules[4].After);
        Assert.Equal(("HOOK_SECRET", TimeSpan.FromSeconds(3)), (rules.Webhook!.SecretVariable, rules.Webhook.Timeout));
        Assert.Equal(TimeSpan.FromMinutes(10), AlertRules.Parse("{}", "rules.json").Rules.Single().After);
    }

    [Theory]
    [InlineData("rules[0] lacks 'kind'", """{"rules": [{"name": "a"}]}""")]
    [InlineData("rules[0].kind is no kind of alert", """{"rules": [{"kind": "belov"}]}""")]
    [InlineData("rules[0] lacks 'threshold'", """{"rules": [{"kind": "below", "indicator": "knr"}]}""")]
    [InlineData("rules[0].threshold must be a number", """{"rules": [{"kind": "below", "indicator": "knr", "threshold": "0.9"}]}""")]
    [InlineData("rules[0].clear is on the wrong side of the threshold 0.9", """{"rules": [{"kind": "below", "indicator": "knr", "threshold": 0.9, "clear": 0.8}]}""")]
    [InlineData("\"after\" is not a key of rules[0]", """{"rules": [{"kind": "drift", "after": "1h"}]}""")]
    [InlineData("rules[1] has the name 'drift'", """{"rules": [{"kind": "drift"}, {"kind": "drift"}]}""")]
    [InlineData("rules[0] lacks 'after'", """{"rules": [{"kind": "silent"}]}""")]
    [InlineData("rules[0].after is no length of time", """{"rules": [{"kind": "silent", "after": "soon"}]}""")]
    [InlineData("webhook has a 'url' that is no https or http address", """{"webhook": {"url": "https://a:hunter2@example.org/"}}""")]
    [InlineData("\"hook\" is not a key of the rules file", """{"hook": {}}""")]
    public void What_makes_no_sense_names_its_place(string message, string json)
    {
        var fault = Assert.Throws<ConfigurationException>(() => AlertRules.Parse(json, "rules.json"));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Contains("rules.json", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'knrr', which is no indicator", "knrr", "factory", "default")]
    [InlineData("the level 'line', which is not published", "knr", "line", "default")]
    [InlineData("the view 'year', which is not published", "knr", "factory", "year")]
    public void A_rule_about_what_is_not_published_is_refused(string message, string indicator, string level, string view)
    {
        var rules = new AlertRules
        {
            Rules = [.. AlertRules.None.Rules, new AlertRule { Name = "a", Kind = AlertKind.Below, Indicator = indicator, Level = level, View = view, Threshold = 1, Clear = 1 }],
        };
        Assert.Contains(message, Assert.Throws<ConfigurationException>(() => rules.Check(Sample.Recipe())).Message, StringComparison.Ordinal);
    }
}
