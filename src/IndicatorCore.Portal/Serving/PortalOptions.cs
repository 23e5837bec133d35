using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Serving;

/// <summary>What a portal serves, and its limits.</summary>
public sealed class PortalOptions
{
    /// <summary>The store, opened by who gives it, and disposed by them after the host.</summary>
    public IPortalStore? Store { get; set; }

    /// <summary>What is computed for each dataset that takes uploads or fills forms; datasets of the store without one are only read.</summary>
    public IList<PortalRecipe> Recipes { get; } = [];

    /// <summary>The most bytes of an upload (16 GiB).</summary>
    public long MaximumUploadBytes
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 16L << 30;

    /// <summary>How many uploads are read at a time (2); more are refused with 503 and <c>Retry-After</c>.</summary>
    public int MaximumUploads
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 2;

    /// <summary>The recipe of a dataset, or null.</summary>
    internal PortalRecipe? RecipeOf(string dataset) => Recipes.FirstOrDefault(recipe => recipe.Dataset == dataset);
}
