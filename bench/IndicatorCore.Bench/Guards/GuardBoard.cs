using IndicatorCore.Bench.Data;

namespace IndicatorCore.Bench.Guards;

/// <summary>What guards measure, with the data that it needs.</summary>
internal sealed class GuardBoard : IDisposable
{
    private readonly TelemetryExport _export = new(120_000, compress: true, batchRows: 16_384);
    private readonly Lz4Guards _lz4 = new();
    private readonly EngineGuards _sparse;
    private readonly EngineGuards _dense;
    private readonly UserFoldGuards _user = new();

    public GuardBoard()
    {
        _sparse = new EngineGuards(_export.Query(threads: 1), _export.Largest);
        var ticks = Path.Combine(_export.Folder, "ticks.arrow");
        TickExport.Write(ticks, shuffled: false, compress: true);
        _dense = new EngineGuards(TickExport.BuiltIn(threads: 1), ticks);
        Ratios =
        [
            .. KernelGuards.Ratios(),
            .. _lz4.Ratios(),
            _sparse.FewColumns("ipc_three_columns_to_all"),
            _sparse.Run("run_to_decode_alone"),
            _dense.Run("wide_run_to_decode_alone"),
            .. _user.Ratios(),
            new QuantileGuard().Ratio(),
        ];
        Allocations =
        [
            _lz4.Allocation(),
            _sparse.DecodeAllocation("ipc_read_decode_view"),
            _sparse.RunAllocation("run_batch"),
            _dense.RunAllocation("wide_run_batch"),
            .. _user.Allocations(),
        ];
    }

    /// <summary>Pairs of actions whose times are compared.</summary>
    public IReadOnlyList<RatioCase> Ratios { get; }

    /// <summary>Actions whose allocations are counted.</summary>
    public IReadOnlyList<AllocationCase> Allocations { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _user.Dispose();
        _dense.Dispose();
        _sparse.Dispose();
        _lz4.Dispose();
        _export.Dispose();
    }
}
