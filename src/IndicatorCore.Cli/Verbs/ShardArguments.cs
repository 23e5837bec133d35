using System.CommandLine;
using System.Globalization;
using IndicatorCore.Cli.Exports;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Verbs;

/// <summary>The option <c>--shard</c>, and the variables that say the same: of this program, of Slurm's job arrays, of indexed jobs.</summary>
internal sealed class ShardArguments
{
    /// <summary>How many shards an indexed job has.</summary>
    public const string CountVariable = "INDICATORS_SHARDS";

    private const string SlurmIndex = "SLURM_ARRAY_TASK_ID";
    private const string SlurmCount = "SLURM_ARRAY_TASK_COUNT";
    private const string SlurmLeast = "SLURM_ARRAY_TASK_MIN";
    private const string SlurmStep = "SLURM_ARRAY_TASK_STEP";
    private const string JobIndex = "JOB_COMPLETION_INDEX";

    private readonly Option<string?> _shard = new("--shard")
    {
        Description = $"Read part I of N (from 0), by bytes; also from INDICATORS_SHARD, from {SlurmIndex} and _COUNT, or from {JobIndex} and {CountVariable}",
        HelpName = "I/N",
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_shard);

    /// <summary>The shard and where it comes from, or null for the whole export.</summary>
    /// <exception cref="UsageException">It makes no sense, or not with standard input.</exception>
    public (Shard Shard, string Origin)? Find(ParseResult parsed, IReadOnlyList<string> exports, CommandContext context)
    {
        var found = parsed.GetValue(_shard) is { } text
            ? (Parse(text), "--shard")
            : Slurm(context.Variables) ?? Job(context.Variables);
        return found is not null && exports.Contains(ExportInput.StandardInput)
            ? throw new UsageException("standard input cannot be read in shards: each would have to see all of it; save it to a file first")
            : found;
    }

    private static Shard Parse(string text) => Shard.TryParse(text, out var shard)
        ? shard
        : throw new UsageException($"--shard: '{text}' is no shard; write --shard I/N, I from 0 to N - 1, such as --shard 0/16");

    private static (Shard, string)? Slurm(IReadOnlyDictionary<string, string> variables)
    {
        if (Number(variables, SlurmIndex) is not { } id)
        {
            return null;
        }

        var count = Number(variables, SlurmCount) ?? throw Missing(SlurmIndex, SlurmCount);
        var (least, step) = (Number(variables, SlurmLeast) ?? 0, Math.Max(1, Number(variables, SlurmStep) ?? 1));
        var (index, rest) = Math.DivRem(id - least, step);
        return rest == 0 && index >= 0 && index < count && count <= Shard.MostShards
            ? (new Shard(index, count), $"{SlurmIndex}={id}")
            : throw new UsageException(
                $"{SlurmIndex}={id} is none of {count} tasks from {least} in steps of {step}: number them without gaps, or give --shard I/N");
    }

    private static (Shard, string)? Job(IReadOnlyDictionary<string, string> variables)
    {
        if (Number(variables, JobIndex) is not { } index)
        {
            return null;
        }

        var count = Number(variables, CountVariable) ?? throw Missing(JobIndex, CountVariable);
        return index < count && count <= Shard.MostShards
            ? (new Shard(index, count), $"{JobIndex}={index}")
            : throw new UsageException($"{JobIndex}={index} is none of {count} shards; {CountVariable} says how many there are");
    }

    private static UsageException Missing(string index, string count) =>
        new($"{index} is set, and {count}, which says how many shards there are, is not; set it, or give --shard I/N (0/1 = the whole export)");

    private static int? Number(IReadOnlyDictionary<string, string> variables, string name)
    {
        if (!variables.TryGetValue(name, out var text) || text.Length == 0)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UsageException($"the variable {name}='{text}' is no number");
    }
}
