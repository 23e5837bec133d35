using Microsoft.Extensions.Hosting;

namespace IndicatorCore.Cli.Serving;

/// <summary>The command handles signals itself: the host waits for nothing.</summary>
internal sealed class CallerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
