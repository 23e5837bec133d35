using IndicatorCore.Fuzz;
using IndicatorCore.Fuzz.Campaigns;
using IndicatorCore.Fuzz.Running;

if (FuzzArguments.Parse(args) is not { } arguments)
{
    Console.Error.WriteLine(FuzzArguments.Usage);
    return 2;
}

if (arguments.Replay is { } dump)
{
    return Replay.Run(dump, Console.Out);
}

if (arguments.WorkerLedger is { } path)
{
    using var ledger = new ProgressLedger(path);
    var slice = new Slice(arguments.Campaign!, arguments.Seed, arguments.Inputs, arguments.First, arguments.Stride);
    new Worker(CampaignList.Find(slice.Campaign)!, slice, ledger, arguments.Dumps, Console.Out).Run();
    return 0;
}

Directory.CreateDirectory(arguments.Dumps);
var total = new CampaignTotals("total");
IReadOnlyList<(Campaign Campaign, long Wanted)> plan = arguments.Campaign is { } name
    ? [(CampaignList.Find(name)!, arguments.Inputs)]
    : CampaignList.Share(arguments.Inputs);
foreach (var (campaign, wanted) in plan)
{
    total.Add(await new CampaignRun(campaign, arguments.Seed, arguments.Dumps, Console.Out).RunAsync(wanted, arguments.Workers).ConfigureAwait(false));
}

Console.WriteLine(total);
if (!Directory.EnumerateFileSystemEntries(arguments.Dumps).Any())
{
    Directory.Delete(arguments.Dumps);
}

return total.Failures == 0 ? 0 : 1;
