using System.Text.Json.Nodes;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Verbs;
using IndicatorCore.Errors;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Monitoring;
using IndicatorCore.PostgreSql;

namespace IndicatorCore.Cli.Serving;

/// <summary>The watch of <c>watch</c>. No other verb names this type.</summary>
internal static class ExportWatching
{
    /// <summary>Watches until it is stopped, or looks once.</summary>
    public static async Task<int> RunAsync(WatchRun run, CommandContext context, CancellationToken cancellationToken)
    {
        var rules = run.Alerts is { } file ? AlertRules.Load(context.Locate(file)) : AlertRules.None;
        var recipe = new PortalRecipe { Dataset = run.Dataset, Query = run.Query, Windows = run.Windows };
        if (run.Query.GroupBy.Count > 0)
        {
            recipe = recipe with { Levels = run.Query.GroupBy };
        }

        Check(recipe);
        var secret = Secret(rules, context);
        var output = TextWriter.Synchronized(context.StandardError);   // alerts are posted beside the looks
        await using var store = await StoreArguments.OpenAsync(run.Store, context, cancellationToken);
        using var watch = new ExportWatch(
            store,
            recipe,
            new ExportWatchOptions
            {
                Folder = context.Locate(run.Folder),
                Except = run.Store is { } place && !PostgreSqlAddress.Is(place) ? [context.Resolve(place)] : [],
                Every = run.Every,
                Rules = rules,
                WebhookSecret = secret,
                Settings = run.Settings,
                Reload = run.Reload,
                Progress = run.IsQuiet ? null : text => output.WriteLine(TextTable.Visible(text)),
                Problem = text => output.WriteLine($"warning: {TextTable.Visible(text)}"),
                Raised = line => output.WriteLine($"alert: {TextTable.Visible(Text(line))}"),
            },
            context.Time);
        if (run.IsOnce)
        {
            var look = await watch.RunOnceAsync(cancellationToken);
            if (!run.IsQuiet && !look.IsNew)
            {
                await output.WriteLineAsync(look.Publication is { } newest ? $"{newest.Dataset}: nothing new since revision {newest.Revision}" : $"{run.Dataset}: nothing to publish");
            }

            return ExitCode.Done;
        }

        if (!run.IsQuiet)
        {
            await output.WriteLineAsync($"watching {TextTable.Visible(run.Folder)} (Ctrl+C stops)");
        }

        await watch.RunAsync(cancellationToken);
        return ExitCode.Done;
    }

    private static void Check(PortalRecipe recipe)
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

    private static string? Secret(AlertRules rules, CommandContext context)
    {
        if (rules.Webhook?.SecretVariable is not { } name)
        {
            return null;
        }

        return context.Variables.TryGetValue(name, out var secret) && secret.Length > 0
            ? secret
            : throw new UsageException($"--alerts: the webhook's secret is to be in the environment variable {name}, which is not set");
    }

    private static string Text(string alert)
    {
        var read = JsonNode.Parse(alert)!;
        return $"{(string?)read["rule"]}{((string?)read["state"] == "cleared" ? " cleared" : string.Empty)}: {(string?)read["text"]}";
    }
}
