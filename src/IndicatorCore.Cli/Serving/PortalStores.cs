using IndicatorCore.Portal.Storage;
using IndicatorCore.PostgreSql;

namespace IndicatorCore.Cli.Serving;

/// <summary>The store that <c>--store</c> names.</summary>
internal static class PortalStores
{
    /// <summary>Makes the store; it is not open yet.</summary>
    /// <param name="text">A folder, or <c>postgresql://...</c>.</param>
    /// <param name="context">The process, for relative folders.</param>
    /// <exception cref="UsageException">The text names no store.</exception>
    public static IPortalStore Open(string text, CommandContext context)
    {
        if (PostgreSqlAddress.Is(text))
        {
            return Database(text);
        }

        return text.Contains("://", StringComparison.Ordinal)
            ? throw new UsageException($"--store: '{text.Split("://")[0]}' is no store; give a folder or postgresql://USER@HOST/DATABASE")
            : new FolderStore(context.Resolve(text));
    }

    // a method of its own: the driver is loaded when it is needed
    private static PostgreSqlStore Database(string address)
    {
        try
        {
            return new PostgreSqlStore(address);
        }
        catch (FormatException problem)
        {
            throw new UsageException($"--store: {problem.Message}", problem);
        }
    }
}
