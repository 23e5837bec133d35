using System.Globalization;

namespace IndicatorCore.Fuzz;

/// <summary>The command line.</summary>
internal sealed record FuzzArguments
{
    /// <summary>The number of inputs of the quick form: about two minutes of two cores.</summary>
    public const long QuickInputs = 600_000;

    /// <summary>How it is used.</summary>
    public const string Usage = """
        usage: [--quick | --inputs N] [--seed S] [--campaign NAME] [--workers N] [--dumps FOLDER]
               --replay FILE
        campaigns: corpus, truncation, bytes, structure, engine, lz4-block, lz4-frame; planted (defects that must be found)
        Ends with 1 when a property did not hold at some input; each such input is kept in the folder of dumps.
        """;

    public long Inputs { get; private init; } = QuickInputs;

    public ulong Seed { get; private init; } = 1;

    public string? Campaign { get; private init; }

    public int Workers { get; private init; } = Environment.ProcessorCount;

    public string Dumps { get; private init; } = Path.Combine(Path.GetTempPath(), $"indicatorcore-fuzz-{Environment.ProcessId}");

    public string? Replay { get; private init; }

    /// <summary>For worker processes: the file of the ledger, and which inputs to try.</summary>
    public string? WorkerLedger { get; private init; }

    public long First { get; private init; }

    public long Stride { get; private init; } = 1;

    /// <summary>Reads the command line; null when it makes no sense.</summary>
    public static FuzzArguments? Parse(ReadOnlySpan<string> args)
    {
        var parsed = new FuzzArguments();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quick")
            {
                continue;
            }

            if (i + 1 == args.Length || parsed.With(args[i], args[++i]) is not { } more)
            {
                return null;
            }

            parsed = more;
        }

        return parsed;
    }

    private FuzzArguments? With(string name, string value)
    {
        var isNumber = long.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= 0;
        return (name, isNumber) switch
        {
            ("--inputs", true) => this with { Inputs = number },
            ("--seed", true) => this with { Seed = (ulong)number },
            ("--workers", true) when number is > 0 and < 1024 => this with { Workers = (int)number },
            ("--first", true) => this with { First = number },
            ("--stride", true) when number > 0 => this with { Stride = number },
            ("--campaign", _) when Campaigns.CampaignList.Find(value) is not null => this with { Campaign = value },
            ("--dumps", _) => this with { Dumps = value },
            ("--replay", _) => this with { Replay = value },
            ("--worker", _) => this with { WorkerLedger = value },
            _ => null,
        };
    }
}
