using IndicatorCore.Indicators;

namespace IndicatorCore.Portal.Computing;

/// <summary>The one query that all views of a recipe are made of.</summary>
internal static class RecipeQuery
{
    public static IndicatorQuery Of(PortalRecipe recipe)
    {
        var query = recipe.Query with { GroupBy = recipe.Levels, Window = Window.Default };
        return query with { Grain = query.Grain ?? StateGrain.For(query with { Window = Finest(recipe.Windows) }), CoverageCells = true };
    }

    private static Window Finest(IReadOnlyList<Window> windows) =>
        windows.Contains(Window.Hour) ? Window.Hour : windows.Contains(Window.Shift) ? Window.Shift : Window.Day;
}
