using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Bench.Probe;

/// <summary>
/// The guarded ways in, through the public API (and <see cref="InnerPaths"/>), so that this one assembly runs against any build. Each way has
/// methods of its own: where a build lacks a member, that way alone fails, when its code is compiled.
/// </summary>
public static class IngestPaths
{
    private static readonly string[] s_three = ["event_ts", "rsrp_dbm", "sinr_db"];

    // by name: what is asked for without names grows with the catalogue, and both sides must do the same work
    private static readonly string[] s_six = ["cov_grid", "cov_sample", "cost_red", "eff_gain", "energy_kwh", "knr"];

    /// <summary>The names that <see cref="Open"/> takes, in the order of their reporting.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "ipc_file_lz4", "ipc_file_plain", "ipc_file_three_columns", "ipc_stream_lz4", "ipc_dictionary_lz4", "engine_file_lz4", "engine_leases",
        "engine_shuffled", "user_fold", "user_fold_shuffled", "kernel_sum_runs", "kernel_fixed_point", "lz4_block",
    ];

    /// <summary>Opens what a way in needs and keeps between runs.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="folder">Holds <c>lz4.arrow</c>, <c>plain.arrow</c> and <c>lz4.arrows</c>, the same telemetry thrice, <c>dictionary.arrow</c>, and
    /// <c>ticks.arrow</c> and <c>shuffled.arrow</c> with <c>ticks.json</c>, their profile, and <c>figures.json</c>, definitions.</param>
    /// <returns>An action that reads everything once and returns the rows, and one that closes what was opened.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no way in of this name.</exception>
    public static (Func<long> Run, Action Close) Open(string name, string folder) => name switch
    {
        "ipc_file_lz4" => OpenFile(Path.Combine(folder, "lz4.arrow"), three: false),
        "ipc_file_plain" => OpenFile(Path.Combine(folder, "plain.arrow"), three: false),
        "ipc_file_three_columns" => OpenFile(Path.Combine(folder, "lz4.arrow"), three: true),
        "ipc_stream_lz4" => OpenStream(Path.Combine(folder, "lz4.arrows")),
        "ipc_dictionary_lz4" => OpenDictionary(Path.Combine(folder, "dictionary.arrow")),
        "engine_file_lz4" => OpenEngine(Path.Combine(folder, "lz4.arrow")),
        "engine_leases" => OpenLeases(Path.Combine(folder, "plain.arrow"), Query()),
        "engine_shuffled" => OpenLeases(Path.Combine(folder, "shuffled.arrow"), TickQuery(folder)),
        "user_fold" => OpenLeases(Path.Combine(folder, "ticks.arrow"), UserQuery(folder)),
        "user_fold_shuffled" => OpenLeases(Path.Combine(folder, "shuffled.arrow"), UserQuery(folder)),
        "kernel_sum_runs" => InnerPaths.OpenSumRuns(),
        "kernel_fixed_point" => InnerPaths.OpenFixedPoint(),
        "lz4_block" => InnerPaths.OpenBlock(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such way in"),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Func<long> Run, Action Close) OpenFile(string path, bool three)
    {
        var reader = IpcFileReader.Open(path);
        var lease = new BatchLease();
        var fields = reader.Schema.Fields;
        var projection = three
            ? Projection.Of(reader.Schema, Enumerable.Range(0, fields.Count).Where(i => s_three.Contains(fields[i].Name)))
            : Projection.All(reader.Schema);
        return (() => ReadAll(reader, projection, lease), Close);

        void Close()
        {
            lease.Dispose();
            reader.Dispose();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Func<long> Run, Action Close) OpenStream(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var lease = new BatchLease();
        return (() => ReadStreamAsync(bytes, lease).GetAwaiter().GetResult(), lease.Dispose);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Func<long> Run, Action Close) OpenDictionary(string path)
    {
        var lease = new BatchLease();
        return (() => ReadDictionary(path, lease), lease.Dispose);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Func<long> Run, Action Close) OpenEngine(string path)
    {
        var query = Query();
        using var engine = new IndicatorEngine(query);
        engine.ReadAsync(path).GetAwaiter().GetResult();
        var rows = Rows(engine);
        return (() => Run(query, path, rows), static () => { });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (Func<long> Run, Action Close) OpenLeases(string path, IndicatorQuery query)
    {
        var reader = IpcFileReader.Open(File.ReadAllBytes(path), Path.GetFileName(path));
        using var engine = new IndicatorEngine(query);
        engine.ReadAsync(Leases(reader)).GetAwaiter().GetResult();
        var rows = Rows(engine);
        return (() => RunLeases(query, reader, rows), reader.Dispose);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long ReadAll(IpcFileReader reader, Projection projection, BatchLease lease)
    {
        var rows = 0L;
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            reader.Read(batch, projection, lease);
            lease.Decode();
            rows += lease.View().Length;
        }

        return rows;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<long> ReadStreamAsync(byte[] bytes, BatchLease lease)
    {
        var reader = new IpcStreamReader(PipeReader.Create(new MemoryStream(bytes)), "stream");
        await using (reader.ConfigureAwait(false))
        {
            reader.Project(Projection.All(await reader.ReadSchemaAsync().ConfigureAwait(false)));
            var rows = 0L;
            while (await reader.ReadAsync(lease).ConfigureAwait(false))
            {
                lease.Decode();
                rows += lease.RowCount;
            }

            return rows;
        }
    }

    // dictionaries are read once a reader, so the reader is opened every time
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long ReadDictionary(string path, BatchLease lease)
    {
        using var reader = IpcFileReader.Open(path);
        return ReadAll(reader, Projection.All(reader.Schema), lease);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Run(IndicatorQuery query, string path, long rows)
    {
        using var engine = new IndicatorEngine(query);
        engine.ReadAsync(path).GetAwaiter().GetResult();
        return engine.MemoryUsed > 0 ? rows : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long RunLeases(IndicatorQuery query, IpcFileReader reader, long rows)
    {
        using var engine = new IndicatorEngine(query);
        engine.ReadAsync(Leases(reader)).GetAwaiter().GetResult();
        return engine.MemoryUsed > 0 ? rows : 0;
    }

    // the engine disposes of what it has read
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

    private static IndicatorQuery Query() => new()
    {
        GroupBy = ["factory"],
        Threads = 1,
        Select = s_six,
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IndicatorQuery TickQuery(string folder) => new()
    {
        GroupBy = ["line"],
        TimeZone = "UTC",
        Dedup = DedupPolicy.None,
        Threads = 1,
        Select = s_six,
        Source = SourceProfile.Load(Path.Combine(folder, "ticks.json")),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IndicatorQuery UserQuery(string folder)
    {
        var indicators = UserIndicatorSet.Load(Path.Combine(folder, "figures.json"));
        return TickQuery(folder) with
        {
            Window = Window.Hour,
            UserDefined = indicators,
            Select = [.. indicators.Indicators.Select(static indicator => indicator.Id)],
        };
    }

    // the rows that the engine says it read, asked once, since a report costs more than the reading
    private static long Rows(IndicatorEngine engine) => engine.Finish().Manifest.Inputs.Sum(static input => input.Rows);
}
