using System.Diagnostics;
using IndicatorCore.Fuzz.Campaigns;
using IndicatorCore.Fuzz.Subjects;

namespace IndicatorCore.Fuzz.Running;

/// <summary>Tries the input of a dump once more, in this process, so that a debugger can be at hand.</summary>
internal static class Replay
{
    /// <summary>Tries it; 0 when all properties hold now, 1 when not, 2 when the name is not a dump's.</summary>
    public static int Run(string path, TextWriter output)
    {
        if (FailureDump.Parse(path) is not { } dump || CampaignList.Find(dump.Slice.Campaign) is not { } campaign)
        {
            output.WriteLine($"{path} is not called as dumps are: CAMPAIGN.seedS.ofN.inputI.bin");
            return 2;
        }

        var bytes = File.ReadAllBytes(path);
        var input = campaign.Choose(dump.Index, dump.Slice.Wanted, dump.Slice.Seed);
        if (!bytes.AsSpan().SequenceEqual(input.Bytes))
        {
            output.WriteLine("The campaign makes another input of this number by now: the dump is tried without its truth.");
            input = input with { Bytes = bytes, Seed = input.Kind == InputKind.Export ? input.Seed : null };
        }

        using var subjects = new SubjectSet();
        var start = Stopwatch.GetTimestamp();
        var problem = Worker.Judge(subjects, input, out var verdict);
        output.WriteLine($"{input.What}: {problem ?? verdict.ToString()}, {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N1} ms");
        return problem is null ? 0 : 1;
    }
}
