using System.Threading.Channels;
using IndicatorCore.Portal.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IndicatorCore.Portal.Access;

/// <summary>
/// Appends lines to the log <c>audit</c> in batches, beside the requests. A store that does not take them is tried again; when <see cref="Capacity"/> lines wait, requests
/// wait too, for a log that loses lines under load is none. What waits when the program stops is written then.
/// </summary>
internal sealed partial class AuditLog : IHostedService, IDisposable
{
    public const string Log = "audit";
    private const int Capacity = 65_536;
    private const int Batch = 2_000;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_lastWords = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_saving = TimeSpan.FromMinutes(1);

    private readonly Channel<ReadOnlyMemory<byte>> _lines = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private readonly IPortalStore _store;
    private readonly AccessKeys _keys;
    private readonly TimeProvider _time;
    private readonly ILogger<AuditLog> _logger;
    private Task _writing = Task.CompletedTask;

    public AuditLog(IPortalStore store, AccessKeys keys, TimeProvider time, ILogger<AuditLog> logger)
    {
        _store = store;
        _keys = keys;
        _time = time;
        _logger = logger;
    }

    /// <summary>Adds a line; waits only when too many wait already.</summary>
    public ValueTask AddAsync(ReadOnlyMemory<byte> line) => _lines.Writer.WriteAsync(line);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = Task.Run(WriteAllAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _lines.Writer.TryComplete();
        _stopping.CancelAfter(s_lastWords);
        await _writing.WaitAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WriteAllAsync()
    {
        var batch = new List<ReadOnlyMemory<byte>>(Batch);
        var saved = _time.GetTimestamp();
        while (await _lines.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < Batch && _lines.Reader.TryRead(out var line))
            {
                batch.Add(line);
            }

            await AppendAsync(batch);
            batch.Clear();
            if (_time.GetElapsedTime(saved) >= s_saving)
            {
                await SaveUsesAsync();
                saved = _time.GetTimestamp();
            }

            // lets the next lines gather; at the end there is nothing to wait for
            await Task.WhenAny(Task.Delay(s_pause, CancellationToken.None), _lines.Reader.Completion);
        }

        await SaveUsesAsync();
    }

    private async Task AppendAsync(List<ReadOnlyMemory<byte>> batch)
    {
        for (var pause = s_pause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                await _store.AppendAsync(Log, batch, _stopping.Token);
                return;
            }
            catch (Exception problem)
            {
                if (_stopping.IsCancellationRequested)
                {
                    LogLost(batch.Count, problem);
                    return;
                }

                LogWaiting(batch.Count, problem);
                await Task.WhenAny(Task.Delay(pause, _stopping.Token), _lines.Reader.Completion);
            }
        }
    }

    private async Task SaveUsesAsync()
    {
        try
        {
            await _keys.SaveUsesAsync(_stopping.Token);
        }
        catch (Exception problem)
        {
            LogUses(problem);
        }
    }

    [LoggerMessage(LogLevel.Error, "The audit log lost {Count} lines: the store did not take them before the end")]
    private partial void LogLost(int count, Exception problem);

    [LoggerMessage(LogLevel.Warning, "The audit log waits with {Count} lines: the store does not take them")]
    private partial void LogWaiting(int count, Exception problem);

    [LoggerMessage(LogLevel.Warning, "When the access keys were last used could not be written down")]
    private partial void LogUses(Exception problem);
}
