using IndicatorCore.Compression;

namespace IndicatorCore.Ipc;

/// <summary>Limits against hostile input and switches of the Arrow IPC readers; the defaults are safe for data of unknown origin.</summary>
public sealed record IpcReaderOptions
{
    /// <summary>The defaults.</summary>
    public static IpcReaderOptions Default { get; } = new();

    /// <summary>The largest metadata of one message, or footer, in bytes. Tables and text named many times count as often, up to eight times this.</summary>
    public int MaxMetadataBytes { get; init => field = AtLeast(value, 64); } = 64 << 20;

    /// <summary>The largest needed buffer, stored or decompressed, in bytes.</summary>
    public int MaxBufferBytes { get; init => field = AtLeast(value, 64); } = int.MaxValue;

    /// <summary>The most that the needed buffers of one message of a stream may take as they are stored, in bytes; bodies of files have no such limit.</summary>
    public int MaxStreamBodyBytes { get; init => field = AtLeast(value, 64); } = int.MaxValue;

    /// <summary>The most that the needed buffers of one batch may take in memory, as they are stored and again once decompressed, in bytes.</summary>
    public long MaxBatchBytes { get; init => field = AtLeast(value, 64); } = 4L << 30;

    /// <summary>Whether <see cref="MaxBatchBytes"/> comes of the process's memory budget (exit code 6, not 3).</summary>
    internal bool IsMemoryBudget { get; init; }

    /// <summary>The most fields of a schema, nested ones included.</summary>
    public int MaxColumns { get; init => field = AtLeast(value, 1); } = 1 << 17;

    /// <summary>The deepest nesting of fields, 1 to 512: nested columns are walked by recursion.</summary>
    public int MaxNestingDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 512);
            field = AtLeast(value, 1);
        }
    } = 64;

    /// <summary>The most values of one dictionary.</summary>
    public int MaxDictionaryEntries { get; init => field = AtLeast(value, 1); } = 1 << 27;

    /// <summary>The most bytes that the values of one dictionary may take.</summary>
    public int MaxDictionaryBytes { get; init => field = AtLeast(value, 64); } = 1 << 30;

    /// <summary>The most bytes that all dictionaries of one reader may take at once.</summary>
    public long MaxTotalDictionaryBytes { get; init => field = AtLeast(value, 64); } = 2L << 30;

    /// <summary>The most that a reader's dictionaries and one batch, stored and decompressed, may take together, in bytes.</summary>
    public long MaxReaderBytes { get; init => field = AtLeast(value, 64); } = 8L << 30;

    /// <summary>
    /// The most bytes of strings, binaries and views that one stored byte of a message may stand for once decompressed; looked at from 16 MiB on.
    /// Other buffers, and every LZ4 buffer, are bounded more tightly: by their rows, and by the 255 that LZ4 can reach.
    /// </summary>
    public int MaxDecompressionRatio { get; init => field = AtLeast(value, 1); } = 1000;

    /// <summary>The most record batches, and the most dictionary messages, that a file's footer may list. Streams have no such limit.</summary>
    public int MaxBatches { get; init => field = AtLeast(value, 1); } = 1 << 20;

    /// <summary>The most rows of one batch.</summary>
    public int MaxRowsPerBatch { get; init => field = AtLeast(value, 1); } = int.MaxValue;

    /// <summary>
    /// Whether block and content checksums inside compressed buffers are verified. Without, damage that still decodes to the declared length
    /// becomes data and is not noticed; bounds, lengths and the header's checksum are checked either way.
    /// </summary>
    public bool VerifyChecksums { get; init; } = true;

    /// <summary>Codecs for compressed buffers, looked at before the built-in LZ4_FRAME.</summary>
    public IReadOnlyList<IBufferCodec> Codecs { get; init; } = [];

    /// <summary>For streams: whether every stored byte enters the SHA-256 of <see cref="IpcStreamReader.ContentHash"/>.</summary>
    public bool HashContent { get; init; }

    /// <summary>For streams: whether disposing the reader leaves the pipe as it is, so that what follows the stream can be read.</summary>
    public bool LeaveOpen { get; init; }

    /// <summary>For engines: a batch of a file with more rows than this is read in windows, where its needed columns allow it.</summary>
    internal int LargeBatchRows { get; init; } = 1 << 20;

    /// <summary>The rows of such a window; a multiple of 64.</summary>
    internal int WindowRows { get; init; } = 262_144;

    /// <summary>For engines: whether a worker's next batch is read while it folds one; null = where reads are slow.</summary>
    internal bool? ReadAhead { get; init; }

    private static T AtLeast<T>(T value, T least)
        where T : IComparable<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }
}
