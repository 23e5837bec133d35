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
    // what is selected decides the definitions, and they the state: a file of all definitions that its program knew is read by a query
    // that selects just these
    private readonly string[] _digests = [QueryDigest.Of(context.Query, definitions), QueryDigest.Of(context.Query with { Select = [] }, definitions)];

    /// <summary>Reads the header and what a checkpoint says of a file, no rows.</summary>
    /// <exception cref="IndicatorDataException">It is no state file, or one of another query.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public (StateHeader Header, string? Checkpoint) ReadHeader(string path)
    {
        using var file = IpcFileReader.Open(path, Limits());
        return (Header(file.Schema, path), file.Schema.Meta(StateSchema.CheckpointKey));
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
            return _digests.Contains(header.QueryDigest)
                ? header
                : throw new StateMismatchException(
                    $"The state answers another query: {Difference(header)}", location, "Use the options with which it was made, or read the inputs again.");
        }
        catch (IndicatorDataException fault)
        {
            fault.At(location);
            throw;
        }
    }

    private string Difference(StateHeader header)
    {
        var mine = QueryCheck.Options(context.Query).ToDictionary(StringComparer.Ordinal);
        var theirs = header.Query.DistinctBy(static pair => pair.Key).ToDictionary(StringComparer.Ordinal);
        var names = mine.Keys.Union(theirs.Keys)
            .Where(name => name != "on-bad" && mine.GetValueOrDefault(name) != theirs.GetValueOrDefault(name))
            .Order(StringComparer.Ordinal)
            .Select(name => $"{name} is '{theirs.GetValueOrDefault(name)}', not '{mine.GetValueOrDefault(name)}'")
            .ToList();
        return names.Count > 0 ? string.Join("; ", names) : "its thresholds, source profile, registry or definitions differ";
    }

    private IpcReaderOptions Limits() => context.ReaderOptions with { HashContent = false };
}
