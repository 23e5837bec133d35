using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Exports;
using IndicatorCore.Cli.Output;
using IndicatorCore.Errors;
using IndicatorCore.Portal.Access;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Serving;
using IndicatorCore.Portal.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IndicatorCore.Cli.Serving;

/// <summary>The web server of <c>serve</c>. No other verb names this type, so that none of them loads it.</summary>
internal static class PortalHost
{
    private static readonly TimeSpan s_shutdown = TimeSpan.FromSeconds(10);

    /// <summary>Publishes what is new, then serves until it is stopped.</summary>
    public static async Task<int> RunAsync(PortalRun run, CommandContext context, CancellationToken cancellationToken)
    {
        var temporary = run.Store is null ? Directory.CreateTempSubdirectory("indicators-serve-").FullName : null;
        try
        {
            await using var store = PortalStores.Open(run.Store ?? temporary!, context);
            await store.OpenAsync(cancellationToken);
            var recipe = new PortalRecipe { Dataset = run.Dataset, Query = run.Query, Windows = run.Windows };
            if (run.Query.GroupBy.Count > 0)
            {
                recipe = recipe with { Levels = run.Query.GroupBy };
            }

            var url = $"http://{run.Listen}";
            using var keys = new AccessKeys(store, context.Time);
            if (await ListenGuard.CheckAsync([url], keys, context.Time, cancellationToken) is not null)
            {
                throw new UsageException($"--listen {run.Listen}: others could reach this, and there is no access key; make one with 'indicators keys add', or listen on 127.0.0.1");
            }

            CheckQuery(recipe);
            await PublishAsync(run, recipe, store, context, cancellationToken);
            await ServeAsync(run, recipe, store, context, cancellationToken);
            return ExitCode.Done;
        }
        finally
        {
            if (temporary is not null)
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private static void CheckQuery(PortalRecipe recipe)
    {
        try
        {
            Publisher.NewEngine(recipe).Dispose();
        }
        catch (ConfigurationException problem)
        {
            throw new UsageException(problem.Message, problem);
        }
    }

    private static async Task PublishAsync(PortalRun run, PortalRecipe recipe, IPortalStore store, CommandContext context, CancellationToken cancellationToken)
    {
        if (run.Exports.Count == 0)
        {
            return;
        }

        if (run.Exports.Contains(ExportInput.StandardInput, StringComparer.Ordinal))
        {
            throw new UsageException("standard input (-) is not published: give files, or upload the stream to a server that runs");
        }

        using var progress = new ProgressLine(context, run.IsQuiet);
        var outcome = await new Publisher(store, context.Time).PublishAsync(
            recipe,
            async (engine, token) =>
            {
                engine.Progress = progress;
                engine.Warning = run.IsQuiet ? null : text => context.StandardError.WriteLine($"warning: {TextTable.Visible(text)}");
                await engine.ReadAsync(run.Exports, token);
            },
            cancellationToken);
        progress.Dispose();
        if (!run.IsQuiet)
        {
            var publication = outcome.Publication;
            await context.StandardError.WriteLineAsync(
                $"{publication.Dataset}: revision {publication.Revision}, {publication.Rows:N0} rows{(outcome.IsNew ? string.Empty : "; nothing new since")}");
        }
    }

    private static async Task ServeAsync(PortalRun run, PortalRecipe recipe, IPortalStore store, CommandContext context, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new StandardErrorLog(context.StandardError, run.IsVerbose));
        builder.Logging.SetMinimumLevel(run.IsVerbose ? LogLevel.Information : LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;   // uploads raise it for themselves
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 << 10;
            kestrel.Limits.MaxRequestLineSize = 16 << 10;
            kestrel.Limits.MaxConcurrentConnections = 10_000;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Listen(run.Listen);
        });
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = s_shutdown);
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.AddIndicatorPortal(options =>
        {
            options.Store = store;
            options.Recipes.Add(recipe);
        });
        await using var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapIndicatorPortal();
        await app.StartAsync(cancellationToken);
        await context.StandardError.WriteLineAsync($"serving at {app.Urls.First()}/ (Ctrl+C stops)");
        var warm = Task.Run(() => WarmAsync(store, cancellationToken), CancellationToken.None);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await app.StopAsync(CancellationToken.None);
            await warm;
        }
    }

    // takes up the newest revisions, so that nobody has to wait for that
    private static async Task WarmAsync(IPortalStore store, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var publication in (await store.PublicationsAsync(cancellationToken)).DistinctBy(static publication => publication.Dataset, StringComparer.Ordinal))
            {
                await store.RowsAsync(new RowQuery { Dataset = publication.Dataset, Revision = publication.Revision, Limit = 1 }, cancellationToken);
            }
        }
        catch (Exception problem) when (problem is IOException or OperationCanceledException or InvalidDataException)
        {
            // who asks is told
        }
    }
}
