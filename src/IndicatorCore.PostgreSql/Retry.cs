using IndicatorCore.Portal.Storage;
using Npgsql;

namespace IndicatorCore.PostgreSql;

/// <summary>Tries again while the server is away: with pauses that double from 50 ms to 2 s, until patience ends.</summary>
internal sealed class Retry
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);
    private readonly NpgsqlDataSource _source;
    private readonly TimeSpan _patience;

    public Retry(NpgsqlDataSource source, TimeSpan patience)
    {
        _source = source;
        _patience = patience;
    }

    /// <summary>Runs work on a connection of its own. The work is run again from its start after a fault of the connection: it must be such that this does no harm.</summary>
    /// <exception cref="StoreUnavailableException">The server was away for longer than patience.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(cancellationToken);
                return await work(connection);
            }
            catch (Exception problem) when (IsTransient(problem))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TimeProvider.System.GetElapsedTime(started) + pause > _patience)
                {
                    throw new StoreUnavailableException($"The database does not answer: {problem.Message}", problem);
                }

                _source.Clear();   // its other connections are broken too
                await Task.Delay(pause, cancellationToken);
            }
        }
    }

    /// <summary>Whether the same call may succeed later: the connection broke, the server starts, stops or recovers, or others were in the way.</summary>
    public static bool IsTransient(Exception problem) => problem switch
    {
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "40001" or "40P01" or "55P03" or "53300" } => true,
        PostgresException server => server.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException client => client.IsTransient || client.InnerException is IOException or System.Net.Sockets.SocketException or TimeoutException or EndOfStreamException,
        _ => problem is System.Net.Sockets.SocketException,
    };
}
