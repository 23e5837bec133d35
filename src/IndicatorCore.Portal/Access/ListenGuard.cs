namespace IndicatorCore.Portal.Access;

/// <summary>Nothing is served beyond this machine before there is a key to ask for.</summary>
public static class ListenGuard
{
    /// <summary>Checks the addresses that a server is going to listen on.</summary>
    /// <param name="urls">The addresses, such as <c>http://127.0.0.1:5080</c> or <c>http://*:5080</c>.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="time">The clock by which keys expire.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The first address beyond loopback that nobody could be let in at, or null where all is well.</returns>
    public static async ValueTask<string?> CheckAsync(IEnumerable<string> urls, AccessKeys keys, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(urls);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(time);
        if (urls.FirstOrDefault(static url => !IsLoopback(url)) is not { } open)
        {
            return null;
        }

        var now = time.GetUtcNow();
        return (await keys.ListAsync(cancellationToken)).Any(key => key.OutcomeAt(now) == KeyOutcome.Accepted) ? null : open;
    }

    /// <summary>Whether an address is of this machine alone. One that cannot be read is not.</summary>
    /// <param name="url">The address.</param>
    public static bool IsLoopback(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && LoopbackCaller.IsLoopbackHost(address.Host);
}
