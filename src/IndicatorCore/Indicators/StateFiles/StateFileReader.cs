using System.IO.Pipelines;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>
/// Reads state files. Only the stream in the file is trusted, and only once its digest is that of the footer; every number is checked
/// besides, for a digest proves that a file is whole, not who wrote it.
/// </summary>
internal sealed class StateFileReader(EngineContext context, IReadOnlyList<string> definitions)
{
    private readonly string _digest = QueryDigest.Of(context, definitions);

    // version 1 took in the report's options too; what is selected decides the definitions, and they the state: a file of all definitions that
    // its program knew is read by a query that selects just these
    private readonly string[] _digestsOfVersion1 = context.Query.Grain is not null
        ? []
        : [QueryDigest.OfVersion1(context.Query, definitions), QueryDigest.OfVersion1(context.Query with { Select = [] }, definitions)];

    /// <summary>Reads the header and what a checkpoint says of a file, no rows.</summary>
    /// <exception cref="IndicatorDataException">It is no state file, or one of another query.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public (StateHeader Header, string? Checkpoint) ReadHeader(string path)
    {
        using var file = IpcFileReader.Open(path, Limits());
        var header = Header(file.Schema, path);
        return Shards(header.Shards) == Shards(context.Origin.Shards)
            ? (header, file.Schema.Meta(StateSchema.CheckpointKey))
            : throw new StateMismatchException(
                $"The checkpoint is of {Shards(header.Shards)}, not of {Shards(context.Origin.Shards)}",
                new DataLocation(File: path),
                "Use a checkpoint directory a shard; if the export has changed, delete it.");
    }

    /// <summary>Reads a state and its inputs.</summary>
    /// <exception cref="IndicatorDataException">It is no state file, or one of another query, or not whole.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<StateFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var location = new DataLocation(File: path);
        var state = context.NewState();
        var isRead = false;
        try
        {
            var digest = Digest(path);
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            await using var closing = file.ConfigureAwait(false);
            file.Position = HashingStream.HeadBytes;
            var pipe = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 1 << 18));
            var stream = new IpcStreamReader(pipe, path, Limits() with { HashContent = true });
            await using var disposing = stream.ConfigureAwait(false);
            var header = Header(await stream.ReadSchemaAsync(cancellationToken).ConfigureAwait(false), path);
            var rows = new StateRowReader(context, state);
            using var lease = new BatchLease();
            while (await stream.ReadAsync(lease, cancellationToken).ConfigureAwait(false))
            {
                lease.Decode(cancellationToken);
                try
                {
                    rows.Add(lease.View());
                }
                catch (IndicatorDataException fault)
                {
                    fault.At(new DataLocation(path, Batch: lease.BatchOrdinal));
                    throw;
                }
            }

            if (stream.ContentHash != digest)
            {
                throw new MalformedArrowException(
                    "The state file is not as it was written: its digest differs", kind: DataFault.Checksum, advice: "Delete it and read the inputs again.");
            }

            header.CopyTo(state);
            isRead = true;
            return new StateFile(header, state, rows.Inputs);
        }
        catch (IndicatorDataException fault)
        {
            fault.At(location);
            throw;
        }
        finally
        {
            if (!isRead)
            {
                state.Clear();
            }
        }
    }

    private string? Digest(string path)
    {
        using var file = IpcFileReader.Open(path, Limits());
        return file.FooterMetadata.FirstOrDefault(static pair => pair.Key == StateSchema.DigestKey).Value;
    }

    private StateHeader Header(Schema schema, string path)
    {
        var location = new DataLocation(File: path);
        var json = schema.Meta(StateSchema.HeaderKey)
            ?? throw new StateMismatchException("This is no state file: its schema has no header", location, "Give a file that this program wrote.");
        try
        {
            var header = StateHeader.Parse(json);
            StateSchema.Check(schema, context.UserPlans);
            if (header.QueryDigest != _digest && !_digestsOfVersion1.Contains(header.QueryDigest))
            {
                throw new StateMismatchException($"The state is of another query: {Difference(header)}", location, Advice(header));
            }

            return header.Version == 1 || SaysWhatItsDigestSays(header)
                ? header
                : throw new MalformedArrowException("The header of the state file contradicts its own digest", location, advice: "It was changed by another program: read the inputs again.");
        }
        catch (IndicatorDataException fault)
        {
            fault.At(location);
            throw;
        }
    }

    private static string Shards(IReadOnlyList<StateShards> shards) => shards.Count == 0
        ? "the whole export"
        : string.Join("; ", shards.Select(static plan => $"shard {StateShards.Text(plan.Present)} of {plan.Count} (plan {plan.Plan})"));

    private string Difference(StateHeader header)
    {
        if (header.Version == 1 && context.Query.Grain is not null)
        {
            return "it is of format version 1, which holds one report's options and no more";
        }

        var isFirst = header.Version == 1;
        var mine = (isFirst ? QueryCheck.Options(context.Query) : QueryDigest.Options(context)).ToDictionary(StringComparer.Ordinal);
        var theirs = header.Query.DistinctBy(static pair => pair.Key).ToDictionary(StringComparer.Ordinal);
        var names = mine.Keys.Union(theirs.Keys)
            .Where(name => name != "on-bad" && mine.GetValueOrDefault(name) != theirs.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name} is '{theirs.GetValueOrDefault(name)}', not '{mine.GetValueOrDefault(name)}'")
            .ToList();
        if (!isFirst && header.Source != context.Query.Source?.ToJson())
        {
            names.Add("its inputs were read with another source profile");
        }

        if (!isFirst && header.Grain is { } grain && !grain.Cuts.SequenceEqual(context.Grain.Cuts))
        {
            names.Add("its panes are cut at other instants");
        }

        var (more, less) = (header.Definitions.Except(definitions).ToList(), definitions.Except(header.Definitions).ToList());
        if (!isFirst && more.Count + less.Count > 0)
        {
            names.Add($"it {(more.Count > 0 ? $"also holds {string.Join(", ", more)}" : "lacks " + string.Join(", ", less))}");
        }

        return names.Count > 0 ? string.Join("; ", names) : "its thresholds, source profile, registry or definitions differ";
    }

    private bool SaysWhatItsDigestSays(StateHeader header) => header.Query.SequenceEqual(QueryDigest.Options(context))
        && header.Where.SequenceEqual(context.Query.Where)
        && header.Source == context.Query.Source?.ToJson()
        && header.Definitions.SequenceEqual(definitions)
        && header.Grain is { } grain
        && (grain.Panes, grain.ByDevice, grain.ByProduct) == (context.Grain.Panes, context.Grain.ByDevice, context.Grain.ByProduct)
        && grain.Cuts.SequenceEqual(context.Grain.Cuts);

    private string Advice(StateHeader header) => context.Query.Registry is null && header.Query.Any(static pair => pair.Key == "registry")
        ? "Give the registry with which it was made (--registry)."
        : "Use the options with which it was made, or read the inputs again.";

    private IpcReaderOptions Limits() => context.ReaderOptions with { HashContent = false };
}
