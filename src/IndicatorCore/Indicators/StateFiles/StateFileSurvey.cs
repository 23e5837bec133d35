using System.IO.Pipelines;
using System.Text;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Looks at a state file without taking it over: what its header says, and what is in its rows.</summary>
internal static class StateFileSurvey
{
    /// <summary>Whether the schema of a file has the header of a state; false where that cannot be told.</summary>
    public static bool IsState(string path)
    {
        try
        {
            if (FileStatus.Of(path) is not { Kind: FileKind.Regular })
            {
                return false;
            }

            using var file = IpcFileReader.Open(path, IpcReaderOptions.Default);
            return file.Schema.Meta(StateSchema.HeaderKey) is not null;
        }
        catch (Exception fault) when (fault is IndicatorDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Looks at a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="depth">How much of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IndicatorDataException">It is no state file, or damaged.</exception>
    public static async Task<StateFileInfo> RunAsync(string path, StateSurveyDepth depth, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var info = ReadHeader(path);
            return depth == StateSurveyDepth.Header ? info : await ReadRowsAsync(info, depth == StateSurveyDepth.All, cancellationToken).ConfigureAwait(false);
        }
        catch (IndicatorDataException fault)
        {
            fault.At(new DataLocation(File: path));
            throw;
        }
    }

    private static StateFileInfo ReadHeader(string path)
    {
        using var file = IpcFileReader.Open(path, IpcReaderOptions.Default);
        return Info(path, file.Schema, file.Length, file.FooterMetadata.FirstOrDefault(static pair => pair.Key == StateSchema.DigestKey).Value ?? string.Empty);
    }

    private static StateFileInfo Info(string path, Schema schema, long bytes, string digest)
    {
        var json = schema.Meta(StateSchema.HeaderKey)
            ?? throw new StateMismatchException("This is no state file: its schema has no header", advice: "Give a file that this program wrote.");
        var header = StateHeader.Parse(json);
        var tables = new List<string>();
        for (var table = 0; table < StateNames.Tables.Length; table++)
        {
            if ((header.TablesSeen & (1L << table)) != 0)
            {
                tables.Add(StateNames.Tables[table]);
            }
        }

        var hasEvents = header.FirstEvent <= header.LastEvent;
        return new StateFileInfo
        {
            Path = path,
            Bytes = bytes,
            Version = header.Version,
            Digest = digest,
            QueryDigest = header.QueryDigest,
            Query = header.Query,
            Grain = header.Grain,
            Definitions = header.Definitions,
            Where = header.Where,
            Source = header.Source is { } source ? SourceProfile.Parse(source, $"{path} (its source profile)") : null,
            Tables = tables,
            FirstEvent = hasEvents ? header.FirstEvent : null,
            LastEvent = hasEvents ? header.LastEvent : null,
            Shards = header.Shards,
            Revisions = header.Revisions,
        };
    }

    private static async Task<StateFileInfo> ReadRowsAsync(StateFileInfo info, bool all, CancellationToken cancellationToken)
    {
        var sections = new List<KeyValuePair<string, long>>();
        var inputs = new List<StateFileInput>();
        var file = new FileStream(info.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        await using var closing = file.ConfigureAwait(false);
        file.Position = HashingStream.HeadBytes;
        var stream = new IpcStreamReader(PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 1 << 18)), info.Path, IpcReaderOptions.Default with { HashContent = true });
        await using var disposing = stream.ConfigureAwait(false);
        var schema = await stream.ReadSchemaAsync(cancellationToken).ConfigureAwait(false);
        if (schema.Fields.Count < 2 || schema.Fields[0].Name != StateSchema.NameOf(StateColumn.Section) || schema.Fields[1].Name != StateSchema.NameOf(StateColumn.Input))
        {
            throw new StateMismatchException("The columns are not those of a state file", advice: "It was changed by another program: read the inputs again.");
        }

        // the digest is over the stream: what the footer repeats of its schema is not trusted
        info = Info(info.Path, schema, info.Bytes, info.Digest);
        using var lease = new BatchLease();
        while (await stream.ReadAsync(lease, cancellationToken).ConfigureAwait(false))
        {
            lease.Decode(cancellationToken);
            Count(lease.View(), sections, inputs);
            if (!all && sections.Exists(static section => section.Key != StateSections.Input))
            {
                return info with { Sections = sections, Inputs = inputs };
            }
        }

        return stream.ContentHash == info.Digest
            ? info with { Sections = sections, Inputs = inputs }
            : throw new MalformedArrowException(
                "The state file is not as it was written: its digest differs", kind: DataFault.Checksum, advice: "Delete it and read the inputs again.");
    }

    private static void Count(scoped RecordBatch batch, List<KeyValuePair<string, long>> sections, List<StateFileInput> inputs)
    {
        var section = batch[0];
        var input = batch[1];
        var name = string.Empty;
        for (var row = 0; row < batch.Length; row++)
        {
            if (!section.IsValid(row))
            {
                throw new MalformedArrowException("A row of the state file is of no section", new DataLocation(Row: row));
            }

            var bytes = section.Bytes(row);
            if (sections.Count == 0 || !bytes.SequenceEqual(Encoding.UTF8.GetBytes(name)))
            {
                name = Encoding.UTF8.GetString(bytes);
            }

            if (sections.Count == 0 || sections[^1].Key != name)
            {
                sections.Add(KeyValuePair.Create(name, 0L));
            }

            sections[^1] = KeyValuePair.Create(name, sections[^1].Value + 1);
            if (name == StateSections.Input && input.IsValid(row))
            {
                var tally = InputJson.Read(input.Bytes(row));
                inputs.Add(new StateFileInput(tally.ToManifest(), tally.BatchTotal, [.. tally.Coverage.Ranges]));
            }
        }
    }
}
