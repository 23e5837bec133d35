using System.Diagnostics;
using IndicatorCore.Fuzz.Campaigns;

namespace IndicatorCore.Fuzz.Running;

/// <summary>Runs one campaign in as many worker processes as there are cores.</summary>
internal sealed class CampaignRun(Campaign campaign, ulong seed, string folder, TextWriter output)
{
    /// <summary>Tries <paramref name="wanted"/> inputs, or all there are.</summary>
    public async Task<CampaignTotals> RunAsync(long wanted, int workers)
    {
        wanted = Math.Min(wanted, campaign.Available);
        if (campaign.Absent is { } absent)
        {
            await output.WriteLineAsync($"SKIPPED of {campaign.Name}: {absent}").ConfigureAwait(false);
        }

        var clock = Stopwatch.StartNew();
        var processes = Enumerable.Range(0, (int)Math.Clamp(wanted, 1, workers))
            .Select(first => new WorkerProcess(campaign, new Slice(campaign.Name, seed, wanted, first, workers), folder, output))
            .ToArray();
        await Task.WhenAll(processes.Select(static process => process.RunAsync())).ConfigureAwait(false);
        var totals = new CampaignTotals(campaign.Name) { Time = clock.Elapsed };
        foreach (var process in processes)
        {
            using (var ledger = new ProgressLedger(process.LedgerPath))
            {
                totals.Add(ledger);
            }

            File.Delete(process.LedgerPath);
        }

        await output.WriteLineAsync(totals.ToString()).ConfigureAwait(false);
        return totals;
    }
}
