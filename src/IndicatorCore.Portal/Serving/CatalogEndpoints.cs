using IndicatorCore.Indicators;
using IndicatorCore.Portal.Computing;

namespace IndicatorCore.Portal.Serving;

/// <summary>What can be computed: the catalogue, with what recipes define themselves.</summary>
/// <param name="options">What is served.</param>
internal sealed class CatalogEndpoints(PortalOptions options)
{
    /// <summary><c>/catalog</c>.</summary>
    public async Task AllAsync(PortalRequest request)
    {
        if (request.IsKnown(Content()))
        {
            return;
        }

        var own = options.Recipes.SelectMany(static recipe => recipe.Query.UserDefined?.Indicators ?? []).DistinctBy(static indicator => indicator.Definition, StringComparer.Ordinal);
        await request.JsonAsync(json => List(json, "indicators", [.. IndicatorCatalog.All, .. own]));
    }

    /// <summary><c>/catalog/{id}</c>.</summary>
    public async Task OneAsync(PortalRequest request)
    {
        var id = (string)request.Context.Request.RouteValues["id"]!;
        var found = options.Recipes.Select(recipe => Find(recipe, id)).FirstOrDefault(static known => known is not null) ?? Find(recipe: null, id)
            ?? throw ProblemException.NotFound("There is no such indicator.");
        if (!request.IsKnown(Content()))
        {
            await request.JsonAsync(json => List(json, "indicators", [found]));
        }
    }

    /// <summary>An indicator, or the whole of which it is a part; null when there is none.</summary>
    public static IndicatorDescription? Find(PortalRecipe? recipe, string id) =>
        recipe?.Query.UserDefined?.Indicators.FirstOrDefault(own => own.Id == id || own.Parts.Contains(id)) ?? IndicatorCatalog.Find(id);

    /// <summary>Writes a description as the next value.</summary>
    public static void Write(JsonOutput json, IndicatorDescription indicator)
    {
        json.StartObject();
        Text("id", indicator.Id);
        Text("definition", indicator.Definition);
        Text("name_zh", indicator.ChineseName);
        Text("name_en", indicator.EnglishName);
        Text("formula", indicator.Formula);
        Text("unit", indicator.Unit);
        Text("better", indicator.Direction switch { IndicatorDirection.HigherIsBetter => "up", IndicatorDirection.LowerIsBetter => "down", _ => null });
        Text("change", indicator.Change == IndicatorChange.None ? null : indicator.Change.ToString().ToLowerInvariant());
        json.Name("has_bounds");
        json.Value(indicator.HasBounds);
        Texts("parts", indicator.Parts);
        Texts("columns", [.. indicator.Needs.Select(static need => need.ToString())]);
        Text("state", indicator.State);
        Text("weights", indicator.Weights);
        Text("publication_rule", indicator.PublicationRule);
        Texts("sources", indicator.Sources);
        json.EndObject();

        void Text(string name, string? value)
        {
            json.Name(name);
            json.Value(value);
        }

        void Texts(string name, IReadOnlyList<string> values)
        {
            json.Name(name);
            json.StartArray();
            foreach (var value in values)
            {
                json.Value(value);
            }

            json.EndArray();
        }
    }

    private static void List(JsonOutput json, string name, IReadOnlyList<IndicatorDescription> indicators)
    {
        json.StartObject();
        json.Name(name);
        json.StartArray();
        foreach (var indicator in indicators)
        {
            json.StartLine();
            Write(json, indicator);
        }

        json.EndArray();
        json.EndObject();
    }

    private string Content() => $"catalog {string.Join(' ', options.Recipes.Select(static recipe => recipe.Query.UserDefined?.Digest))}";
}
