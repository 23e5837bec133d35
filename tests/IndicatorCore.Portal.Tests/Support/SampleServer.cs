namespace IndicatorCore.Portal.Tests.Support;

/// <summary>A server with the sample published, which no test changes.</summary>
public sealed class SampleServer : IAsyncLifetime
{
    internal PortalServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var recipe = Sample.Recipe("knr", "cov_sample", "cov_grid", "dq_validity", "dq_completeness", "eff_gain", "n_5g_terminals");
        Server = await PortalServer.StartAsync(recipe);
        await Server.Publisher.PublishAsync(recipe, static (engine, cancellationToken) => engine.ReadAsync(Sample.File(string.Empty), cancellationToken), CancellationToken.None);
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
