using System.Buffers.Binary;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Questions;

/// <summary>The stored buffers of the columns that Q1 touches, in memory; a batch is one item of work, as for the engine.</summary>
internal sealed class StoredBuffers
{
    private static readonly string[] s_touched =
    [
        "ts", "line", "is_key", "online", "rsrp_dbm", "sinr_db", "latency_ms", "good_units", "work_seconds", "energy_kwh", "cost_yuan",
    ];

    private readonly byte[] _bytes;
    private readonly (long Offset, long Length)[][] _batches;

    private StoredBuffers(byte[] bytes, (long Offset, long Length)[][] batches)
    {
        _bytes = bytes;
        _batches = batches;
    }

    /// <summary>The longest buffer once decoded, in bytes, where every buffer begins with its decoded length.</summary>
    public int LongestDecoded => _batches.Max(batch => batch.Max(range => (int)BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan((int)range.Offset))));

    /// <summary>Reads a file and finds the buffers in it.</summary>
    public static StoredBuffers Load(string path)
    {
        var bytes = File.ReadAllBytes(path);
        using var reader = IpcFileReader.Open(bytes, Path.GetFileName(path));
        var fields = reader.Schema.Fields;
        var touched = Projection.Of(reader.Schema, Enumerable.Range(0, fields.Count).Where(i => s_touched.Contains(fields[i].Name)));
        return new StoredBuffers(bytes, [.. Enumerable.Range(0, reader.BatchCount).Select(batch => reader.NeededRanges(batch, touched))]);
    }

    /// <summary>Gives every batch to one of the workers, a thread each.</summary>
    /// <returns>The sum of what they return.</returns>
    public long Spread(IReadOnlyList<IBufferWork> workers)
    {
        var next = -1;
        var others = workers.Skip(1).Select(worker => Task.Run(() => Work(worker))).ToArray();
        return Work(workers[0]) + Task.WhenAll(others).GetAwaiter().GetResult().Sum();

        long Work(IBufferWork worker)
        {
            var total = 0L;
            for (var batch = Interlocked.Increment(ref next); batch < _batches.Length; batch = Interlocked.Increment(ref next))
            {
                foreach (var (offset, length) in _batches[batch])
                {
                    total += worker.Take(_bytes.AsSpan((int)offset, (int)length));
                }
            }

            return total;
        }
    }
}
