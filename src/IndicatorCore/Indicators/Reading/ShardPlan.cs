using System.Buffers.Binary;
using System.Security.Cryptography;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.Reading;

/// <summary>
/// Who reads what of an export that several processes share without talking to each other. Files are ordered by their content and laid end to
/// end; a batch belongs to the shard into whose share of the bytes its first one falls. So equal files give equal plans, whatever they
/// are called, in which order they come and on which host, and shards differ by a batch at most.
/// </summary>
internal sealed class ShardPlan
{
    private const int HeadBytes = 4 << 10;
    private const int TailBytes = 64 << 10;   // the footer: schema, and where each batch lies

    private readonly Dictionary<string, ShardPart> _parts;

    private ShardPlan(string digest, IReadOnlyList<ShardPart> parts)
    {
        Digest = digest;
        Files = [.. parts.Select(static part => part.Path).Order(StringComparer.Ordinal)];
        _parts = parts.ToDictionary(static part => part.Path, StringComparer.Ordinal);
    }

    /// <summary>What tells plans apart: a digest of the files and of how many shards there are.</summary>
    public string Digest { get; }

    /// <summary>The files of the shard, ordered by path.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The batches of a file that the shard reads.</summary>
    public (int First, int End) BatchesOf(string path) => _parts.TryGetValue(path, out var part) ? (part.First, part.End) : (0, 0);

    /// <summary>Plans a shard.</summary>
    /// <param name="context">The engine's.</param>
    /// <param name="paths">The files of the export.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="cancellationToken">Looked at before each file.</param>
    /// <exception cref="IndicatorDataException">A file is faulty, or holds a stream.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ShardPlan Make(EngineContext context, IReadOnlyList<string> paths, Shard shard, CancellationToken cancellationToken)
    {
        var files = new List<ShardFile>();
        foreach (var path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            files.Add(Look(context, path));
        }

        var distinct = Distinct(context, files);
        return new ShardPlan(DigestOf(distinct, shard.Count), Parts(distinct, shard));
    }

    /// <summary>Why something cannot be shared out.</summary>
    public static StateMismatchException NotSharded(string name, string what) =>
        new($"{what} cannot be read in shards", new DataLocation(File: name), "Save it as an Arrow IPC file, or read it whole in one process.");

    private static ShardFile Look(EngineContext context, string path)
    {
        try
        {
            var (key, isStream) = KeyOf(path);
            if (isStream)
            {
                throw NotSharded(path, "A stream");
            }

            using var reader = IpcFileReader.Open(path, context.ReaderOptions);
            return new ShardFile(path, key, reader.StoredBytes());
        }
        catch (Exception fault) when (context.Query.OnBad == OnBad.Skip && fault is not StateMismatchException && FileRead.CanSkip(fault))
        {
            return new ShardFile(path, $"unreadable {Path.GetFileName(path)}", []);
        }
        catch (IndicatorDataException fault)
        {
            fault.At(new DataLocation(File: path));
            throw;
        }
    }

    private static (string Key, bool IsStream) KeyOf(string path)
    {
        using var handle = File.OpenHandle(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = RandomAccess.GetLength(handle);
        Number(hash, length);
        var buffer = new byte[TailBytes];
        var head = buffer.AsSpan(0, RandomAccess.Read(handle, buffer.AsSpan(0, HeadBytes), 0));
        hash.AppendData(head);
        var isStream = IpcFormatDetection.Detect(head[..Math.Min(head.Length, IpcFormatDetection.HeadLength)]) == IpcContainer.Stream;
        var at = Math.Max(head.Length, length - TailBytes);
        while (at < length && RandomAccess.Read(handle, buffer, at) is > 0 and var read)
        {
            hash.AppendData(buffer.AsSpan(0, read));
            at += read;
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), isStream);
    }

    // a replay counts once, and so belongs to one shard: what looks alike is told by the fingerprint, and then byte by byte
    private static List<ShardFile> Distinct(EngineContext context, List<ShardFile> files)
    {
        var distinct = new List<ShardFile>();
        foreach (var alike in files.GroupBy(static file => file.Key).OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            List<ShardFile> ordered = [.. alike.OrderBy(static file => Path.GetFileName(file.Path), StringComparer.Ordinal).ThenBy(static file => file.Path, StringComparer.Ordinal)];
            if (ordered.Count == 1 || ordered[0].Batches.Count == 0 || context.Query.Dedup == DedupPolicy.None)
            {
                distinct.AddRange(ordered);
                continue;
            }

            var known = new SortedDictionary<string, ShardFile>(StringComparer.Ordinal);
            foreach (var file in ordered)
            {
                var fingerprint = FingerprintOf(context, file.Path);
                if (!known.TryGetValue(fingerprint, out var first))
                {
                    known.Add(fingerprint, file with { Key = $"{file.Key} {fingerprint}" });
                }
                else if (!InputFingerprint.SameContent(first.Path, file.Path))
                {
                    throw new StateMismatchException(
                        $"'{file.Path}' and '{first.Path}' are alike in every block that is sampled, and yet not the same: shards cannot tell them apart",
                        advice: "Read them in one process.");
                }
            }

            distinct.AddRange(known.Values);
        }

        return distinct;
    }

    private static string FingerprintOf(EngineContext context, string path)
    {
        try
        {
            using var reader = IpcFileReader.Open(path, context.ReaderOptions);
            return InputFingerprint.Of(reader, InputBinding.Create(context, reader.Schema, path).Projection, path, new InputTally { Name = path });
        }
        catch (Exception fault) when (context.Query.OnBad == OnBad.Skip && FileRead.CanSkip(fault))
        {
            return $"unreadable {path}";   // met again, and skipped, when it is its turn
        }
        catch (IndicatorDataException fault)
        {
            fault.At(new DataLocation(File: path));
            throw;
        }
    }

    private static string DigestOf(List<ShardFile> files, int count)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Number(hash, count);
        foreach (var file in files)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(file.Key));
            Number(hash, file.Batches.Count);
            foreach (var bytes in file.Batches)
            {
                Number(hash, bytes);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static List<ShardPart> Parts(List<ShardFile> files, Shard shard)
    {
        var total = files.Aggregate(Int128.Zero, static (sum, file) => file.Batches.Aggregate(sum, static (bytes, batch) => bytes + batch));
        var parts = new List<ShardPart>();
        var at = Int128.Zero;
        foreach (var file in files)
        {
            var (first, end) = (-1, -1);
            var isOwn = file.Batches.Count == 0 && Owner(at) == shard.Index;   // an empty file is looked at once
            for (var batch = 0; batch < file.Batches.Count; batch++)
            {
                if (Owner(at) == shard.Index)
                {
                    first = first < 0 ? batch : first;
                    end = batch + 1;
                }

                at += file.Batches[batch];
            }

            if (isOwn || first >= 0)
            {
                parts.Add(new ShardPart(file.Path, Math.Max(first, 0), Math.Max(end, 0)));
            }
        }

        return parts;

        int Owner(Int128 offset) => total <= 0 ? 0 : (int)Int128.Clamp(offset * shard.Count / total, 0, shard.Count - 1);
    }

    private static void Number(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
