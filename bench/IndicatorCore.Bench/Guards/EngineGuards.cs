using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Guards;

/// <summary>LZ4 telemetry from a file for the built-in indicators, against decoding alone.</summary>
internal sealed class EngineGuards : IDisposable
{
    private readonly IndicatorEngine _engine;
    private readonly EngineWorker _worker;
    private readonly IpcFileReader _reader;
    private readonly InputBinding _binding;
    private readonly InputTally _tally = new() { Name = "guard" };
    private int _batch;

    /// <summary>Opens a file.</summary>
    /// <param name="query">Whose registry and options hold; the six that every guard is of are computed.</param>
    /// <param name="path">The file.</param>
    public EngineGuards(IndicatorQuery query, string path)
    {
        // by name, so that limits hold while the catalogue grows; the values of quantiles and points are kept until a report, and a guard folds
        // one batch thousands of times
        _engine = new IndicatorEngine(query with
        {
            Select = ["cov_grid", "cov_sample", "cost_red", "eff_gain", "energy_kwh", "knr"],
        });
        _worker = new EngineWorker(_engine.Context);
        _reader = IpcFileReader.Open(path);
        _binding = InputBinding.Create(_engine.Context, _reader.Schema, path);
    }

    /// <summary>Reading and decoding three columns, against all.</summary>
    public RatioCase FewColumns(string name)
    {
        var few = Projection.Of(_reader.Schema, Ordinals("event_ts", "rsrp_dbm", "sinr_db"));
        var all = Projection.All(_reader.Schema);
        return new RatioCase(name, () => Read(few), () => Read(all));
    }

    /// <summary>Reading, decoding and folding, against reading and decoding the same columns.</summary>
    public RatioCase Run(string name) => new(name, Fold, () => Read(_binding.Projection));

    /// <summary>What reading and decoding all columns allocates.</summary>
    public AllocationCase DecodeAllocation(string name)
    {
        var all = Projection.All(_reader.Schema);
        return new AllocationCase(name, () => Read(all), _reader.BatchCount);
    }

    /// <summary>What reading, decoding and folding allocates.</summary>
    public AllocationCase RunAllocation(string name) => new(name, Fold, _reader.BatchCount);

    /// <inheritdoc/>
    public void Dispose()
    {
        _worker.Dispose();
        _reader.Dispose();
        _engine.Dispose();
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
