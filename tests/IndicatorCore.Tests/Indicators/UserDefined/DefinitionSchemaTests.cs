using System.Text.Json;
using System.Text.Json.Nodes;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.UserDefined;

/// <summary>The JSON Schema that editors use, against the reader.</summary>
public sealed class DefinitionSchemaTests
{
    private static readonly JsonObject s_schema = JsonNode.Parse(File.ReadAllText(
        Path.Combine(Shared.Repository, "data", "definitions", "definition-file.schema.json")))!.AsObject();

    private static JsonObject Keys => s_schema["$defs"]!["keys"]!.AsObject();

    private static JsonObject Kinds => s_schema["$defs"]!["kinds"]!.AsObject();

    public static TheoryData<string> KindNames => [.. Kinds.Select(static kind => kind.Key)];

    [Theory]
    [MemberData(nameof(KindNames))]
    public void The_reader_takes_what_the_schema_allows_and_nothing_else(string name)
    {
        var kind = Kinds[name]!.AsObject();
        string[] required = [.. kind["required"]!.AsArray().Select(static key => key!.GetValue<string>())];
        string[] allowed = [.. kind["properties"]!.AsObject().Select(static property => property.Key)];
        Assert.Subset(allowed.ToHashSet(), required.ToHashSet());
        var least = Indicator(name, required);
        Read(least);
        Read(Indicator(name, allowed));
        foreach (var key in required)
        {
            var lacking = least.DeepClone().AsObject();
            lacking.Remove(key);
            Refuses(lacking);
        }

        foreach (var key in Keys.Select(static property => property.Key).Except(required))
        {
            var more = least.DeepClone().AsObject();
            more[key] = Example(key);
            if (!allowed.Contains(key))
            {
                Refuses(more);
            }
            else if (key is not ("baseline" or "after"))
            {
                Read(more);
            }
            else
            {
                Refuses(more);   // they come together
            }
        }

        Refuses(Indicator(name, [.. required, "unheard_of"]));
    }

    [Fact]
    public void It_knows_every_kind()
    {
        var fault = Assert.Throws<ConfigurationException>(() => UserIndicatorSet.Parse("""{ "indicators": [ { "id": "a", "aggregate": "?" } ] }""", "x"));
        Assert.All(Kinds.Where(static kind => kind.Key != "combination"), kind => Assert.Contains(kind.Key, fault.Advice, StringComparison.Ordinal));
        Assert.Equal(12, Kinds.Count);
        Assert.Equal(Kinds.Select(static kind => $"#/$defs/kinds/{kind.Key}"), s_schema["properties"]!["indicators"]!["items"]!["oneOf"]!.AsArray().Select(static item => item!["$ref"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("factory.jsonc")]
    [InlineData("plant.jsonc")]
    public void The_files_of_the_repository_use_only_its_keys(string file)
    {
        var path = Path.Combine(Shared.Repository, "data", "definitions", file);
        var root = JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip })!.AsObject();
        Assert.Subset(Names(s_schema["properties"]!.AsObject()), Names(root));
        foreach (var indicator in root["indicators"]!.AsArray())
        {
            var kind = indicator!["aggregate"]?.GetValue<string>() ?? "combination";
            Assert.Subset(Names(Kinds[kind]!["properties"]!.AsObject()), Names(indicator.AsObject()));
        }

        UserIndicatorSet.Load(path);
    }

    private static JsonObject Indicator(string kind, IEnumerable<string> keys)
    {
        var indicator = new JsonObject();
        foreach (var key in keys)
        {
            indicator[key] = key == "aggregate" ? kind : key == "unheard_of" ? 1 : Example(key);
        }

        return indicator;
    }

    private static HashSet<string> Names(JsonObject node) => [.. node.Select(static property => property.Key)];

    private static JsonNode Example(string key) => Keys[key]!["examples"]![0]!.DeepClone();

    private static void Read(JsonObject indicator) => UserIndicatorSet.Parse(new JsonObject { ["indicators"] = new JsonArray(indicator.DeepClone()) }.ToJsonString(), "x");

    private static void Refuses(JsonObject indicator) => Assert.Throws<ConfigurationException>(() => Read(indicator));
}
