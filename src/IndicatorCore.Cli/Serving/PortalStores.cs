using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Cli.Serving;

/// <summary>The store that <c>--store</c> names.</summary>
internal static class PortalStores
{
    /// <summary>Makes the store; it is not open yet.</summary>
    /// <param name="text">A folder, or <c>postgresql://...</c>.</param>
    /// <param name="context">The process, for relative folders.</param>
    /// <exception cref="UsageException">The text names no store.</exception>
    public static IPortalStore Open(string text, CommandContext context) =>
        text.Contains("://", StringComparison.Ordinal)
            ? throw new UsageException($"--store: '{text.Split("://")[0]}' is no store; give a folder")
            : new FolderStore(context.Resolve(text));
}
