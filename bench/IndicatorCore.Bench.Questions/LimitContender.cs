using System.Diagnostics;
using System.Text.Json.Nodes;

namespace IndicatorCore.Bench.Questions;

/// <summary>What no engine can pass: reading the stored buffers that Q1 touches, or decoding them with liblz4, and nothing else.</summary>
internal sealed class LimitContender : IContender
{
    private const int ReadsOfOneRun = 3;
    private readonly StoredBuffers _buffers;
    private readonly bool _isCompressed;

    private LimitContender(StoredBuffers buffers, bool isCompressed)
    {
        _buffers = buffers;
        _isCompressed = isCompressed;
    }

    /// <summary>Opens a case; <c>setting</c> is <c>memory</c> (reading) or <c>lz4</c> (decoding).</summary>
    public static LimitContender Open(JsonObject request)
    {
        var files = CaseFiles.Of(request);
        var isCompressed = (string?)request["setting"] == "lz4";
        return new LimitContender(StoredBuffers.Load(isCompressed ? files.Lz4 : files.Uncompressed), isCompressed);
    }

    /// <inheritdoc/>
    public JsonObject Describe()
    {
        var questions = new JsonObject();
        if (!_isCompressed)
        {
            questions["read"] = new JsonArray("as asked");
        }
        else if (Liblz4.IsHere)
        {
            questions["lz4-block"] = new JsonArray("as asked");
            questions["lz4-frame"] = new JsonArray("as asked");
        }

        return new JsonObject { ["version"] = Liblz4.IsHere ? Liblz4.Version : "absent", ["questions"] = questions };
    }

    /// <inheritdoc/>
    public Task<JsonObject> RunAsync(JsonObject request)
    {
        var question = (string?)request["question"];
        var threads = (int?)request["threads"] ?? 2;
        var (milliseconds, bytes) = question switch
        {
            "read" => Enumerable.Range(0, ReadsOfOneRun).Select(_ => Time(threads, static () => new BandwidthReader())).Min(),
            "lz4-block" => Time(threads, () => new Lz4BlockDecoder(_buffers.LongestDecoded)),
            "lz4-frame" => Time(threads, () => new Lz4FrameDecoder(_buffers.LongestDecoded)),
            _ => throw new ArgumentException($"There is no limit '{question}'.", nameof(request)),
        };
        var answer = new JsonObject { ["groups"] = 0, ["figures"] = new JsonObject { ["bytes"] = bytes }, ["weighted"] = 0 };
        return Task.FromResult(new JsonObject { ["ms"] = milliseconds, ["answer"] = answer });
    }

    /// <inheritdoc/>
    public Task<JsonObject> DumpAsync(JsonObject request) => throw new NotSupportedException("A limit has no groups.");

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private (double Milliseconds, long Bytes) Time(int threads, Func<IBufferWork> make)
    {
        var workers = Enumerable.Range(0, threads).Select(_ => make()).ToArray();
        try
        {
            var started = Stopwatch.GetTimestamp();
            var bytes = _buffers.Spread(workers);
            return (Stopwatch.GetElapsedTime(started).TotalMilliseconds, bytes);
        }
        finally
        {
            foreach (var worker in workers)
            {
                worker.Dispose();
            }
        }
    }
}
