using System.Diagnostics;
using System.Text.Json.Nodes;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Questions;

/// <summary>Our engine: a new one for every question, its whole report read.</summary>
internal sealed class EngineContender : IContender
{
    private readonly CaseFiles _files;
    private readonly string _setting;
    private readonly IpcFileReader? _memory;
    private readonly Dictionary<(string Question, int Threads), IndicatorQuery> _queries = [];

    private EngineContender(CaseFiles files, string setting, IpcFileReader? memory)
    {
        _files = files;
        _setting = setting;
        _memory = memory;
    }

    /// <summary>Opens a case; <c>setting</c> is <c>memory</c> (uncompressed bodies read once), <c>file</c>, <c>lz4</c> or <c>lz4-unchecked</c>.</summary>
    public static EngineContender Open(JsonObject request)
    {
        var files = CaseFiles.Of(request);
        var setting = (string?)request["setting"] ?? string.Empty;
        var memory = setting switch
        {
            "memory" => IpcFileReader.Open(File.ReadAllBytes(files.Uncompressed), Path.GetFileName(files.Uncompressed)),
            "file" or "lz4" or "lz4-unchecked" => null,
            _ => throw new ArgumentException($"There is no setting '{setting}'.", nameof(request)),
        };
        return new EngineContender(files, setting, memory);
    }

    /// <inheritdoc/>
    public JsonObject Describe()
    {
        var questions = new JsonObject();
        foreach (var question in Question.Available(_files))
        {
            questions[question] = new JsonArray("as asked");
        }

        using var rows = IpcFileReader.Open(_files.Uncompressed);
        return new JsonObject
        {
            ["version"] = typeof(IndicatorEngine).Assembly.GetName().Version!.ToString(3),
            ["questions"] = questions,
            ["rows"] = Enumerable.Range(0, rows.BatchCount).Sum(batch => (long)rows.BatchInfo(batch).Rows),
        };
    }

    /// <inheritdoc/>
    public async Task<JsonObject> RunAsync(JsonObject request)
    {
        var query = Query(request);
        var started = Stopwatch.GetTimestamp();
        var answer = FigureChecksum.Of(await AskAsync(query).ConfigureAwait(false));
        var elapsed = Stopwatch.GetElapsedTime(started);
        return new JsonObject { ["ms"] = elapsed.TotalMilliseconds, ["answer"] = answer.ToJson() };
    }

    /// <inheritdoc/>
    public async Task<JsonObject> DumpAsync(JsonObject request)
    {
        var path = (string?)request["file"] ?? throw new ArgumentException("The request names no file.", nameof(request));
        var report = await AskAsync(Query(request)).ConfigureAwait(false);
        return new JsonObject { ["groups"] = GroupDump.Write(report, path) };
    }

    /// <inheritdoc/>
    public void Dispose() => _memory?.Dispose();

    private IndicatorQuery Query(JsonObject request)
    {
        var key = ((string?)request["question"] ?? string.Empty, (int?)request["threads"] ?? 2);
        if (!_queries.TryGetValue(key, out var query))
        {
            query = Question.Query(key.Item1, _files, key.Item2, verifyChecksums: _setting != "lz4-unchecked");
            _queries.Add(key, query);
        }

        return query;
    }

    private async Task<IndicatorReport> AskAsync(IndicatorQuery query)
    {
        var engine = new IndicatorEngine(query);
        await using (engine.ConfigureAwait(false))
        {
            await (_memory is null ? engine.ReadAsync(_setting == "file" ? _files.Uncompressed : _files.Lz4) : engine.ReadAsync(Leases(_memory)))
                .ConfigureAwait(false);
            return engine.Finish();
        }
    }

    // the engine disposes of what it has read; the bytes are looked at where they lie
    private static IEnumerable<BatchLease> Leases(IpcFileReader reader)
    {
        var all = Projection.All(reader.Schema);
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            var lease = new BatchLease();
            reader.Read(batch, all, lease);
            yield return lease;
        }
    }
}
