using System.Text;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Exports;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Reading;

namespace IndicatorCore.Cli.Verbs;

/// <summary>What a run would do: which inputs feed which tables, which indicators are made of them and how.</summary>
internal sealed class RunPlan
{
    private readonly IndicatorQuery _query;
    private readonly IReadOnlyList<InputInspection> _inputs;
    private readonly IReadOnlyList<string> _unseen;
    private readonly IReadOnlyList<IndicatorDescription> _indicators;

    private RunPlan(IndicatorQuery query, IReadOnlyList<InputInspection> inputs, IReadOnlyList<string> unseen, IReadOnlyList<IndicatorDescription> indicators)
    {
        _query = query;
        _inputs = inputs;
        _unseen = unseen;
        _indicators = indicators;
    }

    /// <summary>How many things <c>run</c> would refuse.</summary>
    public int Problems => _inputs.Sum(static input => input.Problems.Count);

    /// <summary>Looks at the metadata of every input; standard input and pipes, which can be read only once, are left alone.</summary>
    public static async Task<RunPlan> MakeAsync(IndicatorQuery query, string[] exports, CommandContext context, CancellationToken cancellationToken)
    {
        var names = ExportInput.Expand(exports, context);
        var inputs = new List<InputInspection>();
        List<string> unseen = [.. names.Where(name => name == ExportInput.StandardInput || ExportStream.IsSequential(context.Locate(name)))];
        foreach (var name in names.Except(unseen, StringComparer.Ordinal))
        {
            inputs.Add(await Inspector.InspectAsync(name, query.Source, InspectionDepth.Metadata, context, cancellationToken));
        }

        IReadOnlyList<IndicatorDescription> catalog = [.. context.Catalog, .. query.UserDefined?.Indicators ?? []];
        IReadOnlyList<IndicatorDescription> indicators = query.Select.Count == 0
            ? catalog
            : [.. catalog.Where(indicator => query.Select.Any(id => id == indicator.Id || indicator.Parts.Contains(id)))];
        return new RunPlan(query, inputs, unseen, indicators);
    }

    /// <summary>Writes the plan.</summary>
    public void Write(Stream output) => output.Write(Encoding.UTF8.GetBytes(ToString()));

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        var levels = _query.GroupBy.Count == 0 ? "one group" : string.Join("; ", _query.GroupBy);
        text.Append($"profile {_query.Profile.Name}, zone {_query.TimeZone}, window {_query.Window.ToString().ToLowerInvariant()}, by {levels}, ")
            .Append(_query.Registry is null ? "no registry" : $"registry of {_query.Registry.Devices.Count} devices").Append('\n');
        foreach (var input in _inputs)
        {
            text.Append($"input {TextTable.Visible(input.Name)}: table {input.Table ?? "unknown"}")
                .Append($", feeds {(input.Feeds.Count == 0 ? "nothing" : string.Join(", ", input.Feeds))}")
                .Append(input.Container == "file" ? $", {input.Rows} rows in {input.Batches} batches" : ", a stream")
                .Append($", usable columns {(input.Has.Count == 0 ? "none" : string.Join(", ", input.Has))}\n");
            foreach (var problem in input.Problems)
            {
                text.Append($"  problem: {TextTable.Visible(problem)}\n");
            }
        }

        foreach (var name in _unseen)
        {
            var what = name == ExportInput.StandardInput ? "standard input" : "a pipe or device";
            text.Append($"input {TextTable.Visible(name)}: {what}, not looked at before it is read\n");
        }

        foreach (var (indicator, readiness) in _indicators.Zip(IndicatorReadiness.Of(_indicators, _inputs)))
        {
            text.Append($"{indicator.Definition} {indicator.ChineseName}: {indicator.Formula}\n")
                .Append($"  needs {string.Join(" | ", indicator.Needs)}\n  published: {indicator.PublicationRule}\n");
            if (readiness.Missing.Count > 0 && _unseen.Count == 0)
            {
                text.Append($"  missing: {string.Join("; ", readiness.Missing)}\n");
            }

            if (readiness.NeedsRegistry && _query.Registry is null)
            {
                text.Append("  missing: a registry (--registry)\n");
            }
        }

        return text.Append("Only the needed columns are read. The needed buffers of one batch of a stream, or of plain text columns, must fit into memory.\n")
            .ToString();
    }
}
