using System.CommandLine;
using IndicatorCore.Cli.Serving;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Cli.Verbs;

/// <summary>Where published figures are kept: <c>--store</c> of the verbs of the portal.</summary>
internal static class StoreArguments
{
    /// <summary><c>--store</c>.</summary>
    public static Option<string?> Store() => new("--store")
    {
        Description = "Where figures are published: a folder, or a PostgreSQL database; also INDICATORS_STORE, so that no password is in a list of processes",
        HelpName = "DIR|postgresql://USER@HOST/DATABASE",
    };

    /// <summary>A store that is ready.</summary>
    /// <exception cref="UsageException">There is none, or the address of a database cannot be read.</exception>
    public static async Task<IPortalStore> OpenAsync(string? place, CommandContext context, CancellationToken cancellationToken)
    {
        if (place is null)
        {
            throw new UsageException("--store is needed: a folder, or postgresql://USER@HOST/DATABASE; INDICATORS_STORE will do as well");
        }

        var store = PortalStores.Open(place, context);
        try
        {
            await store.OpenAsync(cancellationToken);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }

        return store;
    }
}
