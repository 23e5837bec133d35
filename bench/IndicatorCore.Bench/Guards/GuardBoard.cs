using System.Buffers;
using System.Runtime.InteropServices;
using IndicatorCore.Bench.Compression;
using IndicatorCore.Bench.Data;
using IndicatorCore.Compression;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;
using IndicatorCore.Kernels;
using IndicatorCore.Reference.Kernels;

namespace IndicatorCore.Bench.Guards;

/// <summary>What guards measure, by name, with the data that it needs.</summary>
internal sealed class GuardBoard : IDisposable
{
    private readonly TelemetryExport _export = new(120_000, compress: true, batchRows: 16_384);
    private readonly IndicatorEngine _engine;
    private readonly EngineWorker _worker;
    private readonly IpcFileReader _reader;
    private readonly InputBinding _binding;
    private readonly InputTally _tally = new() { Name = "guard" };
    private int _batch;

    public GuardBoard()
    {
        _engine = new IndicatorEngine(_export.Query(threads: 1));
        _worker = new EngineWorker(_engine.Context);
        _reader = IpcFileReader.Open(_export.Largest);
        _binding = InputBinding.Create(_engine.Context, _reader.Schema, _export.Largest);
        var few = Projection.Of(_reader.Schema, Ordinals("event_ts", "rsrp_dbm", "sinr_db"));
        var all = Projection.All(_reader.Schema);

        var random = new Random(1);
        var plain = MemoryMarshal.AsBytes(Enumerable.Range(0, 250_000).Select(_ => (random.Next(400) / 10.0) - 110).ToArray().AsSpan()).ToArray();
        var encoded = new ArrayBufferWriter<byte>();
        Lz4Frame.Encode(plain, encoded);
        var frame = encoded.WrittenSpan.ToArray();
        var output = new byte[plain.Length];

        var blockOutput = new byte[1 << 16];
        var block = new byte[Lz4Block.MaxEncodedBytes(blockOutput.Length)];
        block = block[..Lz4Block.Encode(plain.AsSpan(0, blockOutput.Length), block)];

        var readings = Enumerable.Range(0, 2_048).Select(static i => (i * 7919 % 1_400 / 10.0) - 140).ToArray();
        var results = new long[readings.Length];

        Ratios = new Dictionary<string, (Action Above, Action Below)>
        {
            ["lz4_decode_to_copy"] = (() => Lz4Frame.Decode(frame, output), () => plain.CopyTo(output, 0)),
            ["lz4_block_to_liblz4"] = (() => Lz4Block.Decode(block, blockOutput, 0, 0, out _, out _), () => Liblz4Block.Decode(block, blockOutput)),
            ["ipc_three_columns_to_all"] = (() => Read(few), () => Read(all)),
            ["fixed_point_to_scalar_twin"] = (
                () => FixedPointKernel.Convert(readings, 1_000_000, results),
                () => FixedPointReference.ConvertOneByOne(readings, 1_000_000, results)),
            ["fixed_point_to_decimal_twin"] = (
                () => FixedPointKernel.Convert(readings, 1_000_000, results),
                () => FixedPointReference.ConvertByDecimal(readings, 1_000_000, results)),
            ["run_to_decode_alone"] = (Fold, () => Read(_binding.Projection)),
        };
        Allocations = new Dictionary<string, Action>
        {
            ["lz4_decode"] = () => Lz4Frame.Decode(frame, output),
            ["ipc_read_decode_view"] = () => Read(all),
            ["run_batch"] = Fold,
        };
    }

    /// <summary>Pairs of actions whose times are compared.</summary>
    public IReadOnlyDictionary<string, (Action Above, Action Below)> Ratios { get; }

    /// <summary>Why a ratio cannot be measured here; null where it can.</summary>
    public static string? Absence(string ratio) =>
        ratio == "lz4_block_to_liblz4" && !Liblz4Block.IsHere ? "liblz4.so.1 is not here" : null;

    /// <summary>Actions whose allocations are counted.</summary>
    public IReadOnlyDictionary<string, Action> Allocations { get; }

    /// <summary>How many runs of an action meet every batch once.</summary>
    public int Round => _reader.BatchCount;

    /// <inheritdoc/>
    public void Dispose()
    {
        _worker.Dispose();
        _reader.Dispose();
        _engine.Dispose();
        _export.Dispose();
    }

    private void Read(Projection projection)
    {
        _reader.Read(_batch, projection, _worker.Lease);
        _ = _worker.Lease.View().Length;
        _batch = (_batch + 1) % _reader.BatchCount;
    }

    private void Fold()
    {
        _reader.Read(_batch, _binding.Projection, _worker.Lease);
        var reader = _worker.Reader(_binding);
        reader.Begin(_worker.Lease.View());
        reader.Read(_worker.Lease.View(), _batch, _tally, CancellationToken.None);
        _batch = (_batch + 1) % _reader.BatchCount;
    }

    private IEnumerable<int> Ordinals(params string[] names) =>
        Enumerable.Range(0, _reader.Schema.Fields.Count).Where(i => names.Contains(_reader.Schema.Fields[i].Name));
}
