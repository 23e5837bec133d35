using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndicatorCore.Bench.Data;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Guards;

/// <summary>Twelve user-defined figures over uncompressed telemetry, against looking at or copying the bytes that they need.</summary>
internal sealed class UserFoldGuards : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("indicatorcore-guard-");
    private readonly IndicatorEngine _engine;
    private readonly EngineWorker _worker;
    private readonly byte[] _bytes;
    private readonly byte[] _copy;
    private readonly IpcFileReader _file;
    private readonly IpcFileReader _memory;
    private readonly InputBinding _binding;
    private readonly (long Offset, long Length)[][] _needed;
    private readonly InputTally _tally = new() { Name = "guard" };
    private int _batch;
    private ulong _sum;

    public UserFoldGuards()
    {
        var path = Path.Combine(_folder.FullName, "ticks.arrow");
        TickExport.Write(path, shuffled: false, compress: false);
        _bytes = File.ReadAllBytes(path);
        _engine = new IndicatorEngine(TickExport.Query(TickExport.Figures, threads: 1));
        _worker = new EngineWorker(_engine.Context);
        _file = IpcFileReader.Open(path);
        _memory = IpcFileReader.Open(_bytes, "ticks.arrow");
        _binding = InputBinding.Create(_engine.Context, _memory.Schema, "ticks.arrow");
        _needed = [.. Enumerable.Range(0, _memory.BatchCount).Select(batch => _memory.NeededRanges(batch, _binding.Projection))];
        _copy = new byte[_needed.Max(static ranges => ranges.Max(static range => range.Length))];
    }

    /// <summary>The guards of time.</summary>
    public IEnumerable<RatioCase> Ratios() => [new("read_to_copy", Read, Copy), new("user_fold_to_bytes", Fold, Look)];

    /// <summary>The guards of memory.</summary>
    public IEnumerable<AllocationCase> Allocations() =>
        [new("read_needed", Read, _file.BatchCount), new("user_fold", Fold, _memory.BatchCount)];

    /// <inheritdoc/>
    public void Dispose()
    {
        _worker.Dispose();
        _file.Dispose();
        _memory.Dispose();
        _engine.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Read()
    {
        _file.Read(_batch, _binding.Projection, _worker.Lease);
        Next();
    }

    private void Fold()
    {
        _memory.Read(_batch, _binding.Projection, _worker.Lease);
        var reader = _worker.Reader(_binding);
        reader.Begin(_worker.Lease.View());
        reader.Read(_worker.Lease.View(), _batch, _tally, CancellationToken.None);
        Next();
    }

    private void Copy()
    {
        foreach (var (offset, length) in _needed[_batch])
        {
            _bytes.AsSpan((int)offset, (int)length).CopyTo(_copy);
        }

        Next();
    }

    private void Look()
    {
        foreach (var (offset, length) in _needed[_batch])
        {
            _sum += Sum(_bytes.AsSpan((int)offset, (int)length));
        }

        Next();
    }

    private void Next() => _batch = (_batch + 1) % _memory.BatchCount;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        var (one, two) = (Vector<ulong>.Zero, Vector<ulong>.Zero);
        var vectors = MemoryMarshal.Cast<byte, Vector<ulong>>(bytes);
        for (var i = 0; i + 1 < vectors.Length; i += 2)
        {
            one += vectors[i];
            two += vectors[i + 1];
        }

        return Vector.Sum(one + two);
    }
}
