using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.InteropServices;
using IndicatorCore.Columns;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;
using Microsoft.Win32.SafeHandles;

namespace IndicatorCore.Bench.Io;

/// <summary>
/// Compares ways of bringing the needed buffers of an Arrow file to where they are used, with its pages in the page cache and without.
/// Ways take turns in every round, in an order drawn from a fixed seed; figures are medians of the rounds' ratios to the first way.
/// </summary>
internal sealed class IoComparison : IDisposable
{
    private const int Megabyte = 1 << 20;
    private readonly string _path;
    private readonly int _batches;
    private readonly IpcFileReader _reader;
    private readonly Projection _projection;
    private readonly SafeFileHandle _file;
    private readonly SafeFileHandle _sequential;
    private readonly SafeFileHandle _random;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly (long Offset, long Length)[][] _ranges;
    private readonly IoWorker[] _workers;

    private IoComparison(string path, int batches, string[] columns, int threads, bool isCold)
    {
        _path = path;
        _reader = IpcFileReader.Open(path);
        _batches = Math.Min(batches, _reader.BatchCount);
        var fields = _reader.Schema.Fields;
        _projection = columns is ["*"] ? Projection.All(_reader.Schema)
            : Projection.Of(_reader.Schema, Enumerable.Range(0, fields.Count).Where(i => columns.Contains(fields[i].Name)));
        _file = File.OpenHandle(path);
        _sequential = File.OpenHandle(path, options: FileOptions.SequentialScan);
        _random = File.OpenHandle(path, options: FileOptions.RandomAccess);
        _map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        // pages that are mapped cannot be dropped
        _view = isCold ? null : _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _ranges = [.. Enumerable.Range(0, _batches).Select(batch => _reader.NeededRanges(batch, _projection))];
        _workers = [.. Enumerable.Range(0, threads).Select(static _ => new IoWorker())];
    }

    private long NeededBytes => _ranges.Sum(static batch => batch.Sum(static range => range.Length));

    /// <summary>Runs the comparison and prints Markdown tables.</summary>
    /// <param name="args">A file, then <c>--batches N</c>, <c>--rounds N</c>, <c>--columns A,B</c> (<c>*</c> = all), <c>--cold</c>,
    /// <c>--pipe</c>.</param>
    public static int Run(string[] args)
    {
        if (args is not [var path, .. var options])
        {
            Console.Error.WriteLine("usage: --io FILE [--batches N] [--rounds N] [--columns A,B] [--cold] [--pipe]");
            return 2;
        }

        var batches = int.Parse(Option(options, "--batches") ?? "48", CultureInfo.InvariantCulture);
        var rounds = int.Parse(Option(options, "--rounds") ?? "15", CultureInfo.InvariantCulture);
        var columns = (Option(options, "--columns")
            ?? "ts,line,is_key,online,rsrp_dbm,sinr_db,latency_ms,good_units,work_seconds,energy_kwh,cost_yuan").Split(',');
        if (options.Contains("--pipe"))
        {
            return PipeComparison.Run(rounds);
        }

        var isCold = options.Contains("--cold");
        Opening(path, columns, rounds);
        foreach (var threads in new[] { 1, 2 })
        {
            using var comparison = new IoComparison(path, batches, columns, threads, isCold);
            comparison.Compare(rounds, isCold);
        }

        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view?.Dispose();
        _map.Dispose();
        _file.Dispose();
        _sequential.Dispose();
        _random.Dispose();
        _reader.Dispose();
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }
    }

    private static string? Option(string[] options, string name) =>
        Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;

    private void Compare(int rounds, bool isCold)
    {
        IoWay[] ways = [.. isCold ? ColdWays() : WarmWays()];
        var seconds = ways.Select(_ => new double[rounds]).ToArray();
        var draw = new Random(20261121);
        foreach (var way in ways)
        {
            Seconds(way);
        }

        for (var round = 0; round < rounds; round++)
        {
            var order = Enumerable.Range(0, ways.Length).ToArray();
            draw.Shuffle(order);
            foreach (var i in order)
            {
                if (isCold && !PageCache.Drop(_file))
                {
                    Console.WriteLine("The page cache cannot be dropped here.");
                    return;
                }

                seconds[i][round] = Seconds(ways[i]);
            }
        }

        Console.WriteLine($"\n{Path.GetFileName(_path)}, {_batches} batches, {NeededBytes / 1e6:0} MB needed, {_workers.Length} thread(s), "
            + $"{(isCold ? "cold" : "warm")}, {rounds} rounds\n\n| way | ratio | GB/s |\n| --- | --- | --- |");
        for (var i = 0; i < ways.Length; i++)
        {
            var ratio = Median([.. seconds[i].Zip(seconds[0], static (own, first) => own / first)]);
            Console.WriteLine($"| {ways[i].Name} | {ratio:0.00} | {NeededBytes / Median(seconds[i]) / 1e9:0.0} |");
        }
    }

    /// <summary>What it costs until the first batch can be read.</summary>
    private static void Opening(string path, string[] columns, int rounds)
    {
        string[] steps = ["footer", "fingerprint", "first batch, dictionaries included", "metadata of every batch"];
        var times = steps.Select(_ => new double[rounds]).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            using var reader = IpcFileReader.Open(path);
            var fields = reader.Schema.Fields;
            var projection = Projection.Of(reader.Schema, Enumerable.Range(0, fields.Count).Where(i => columns is ["*"] || columns.Contains(fields[i].Name)));
            Mark(0, round, ref start);
            InputFingerprint.Of(reader, projection, path, new InputTally { Name = path });
            Mark(1, round, ref start);
            using var lease = new BatchLease();
            reader.Read(0, projection, lease);
            Mark(2, round, ref start);
            for (var batch = 0; batch < reader.BatchCount; batch++)
            {
                reader.BatchInfo(batch);
            }

            Mark(3, round, ref start);
        }

        Console.WriteLine("\n| opening | ms |\n| --- | --- |");
        for (var step = 0; step < steps.Length; step++)
        {
            Console.WriteLine($"| {steps[step]} | {Median(times[step]) * 1e3:0.00} |");
        }

        void Mark(int step, int round, ref long start)
        {
            var now = Stopwatch.GetTimestamp();
            if (round >= 0)
            {
                times[step][round] = Stopwatch.GetElapsedTime(start, now).TotalSeconds;
            }

            start = now;
        }
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private double Seconds(IoWay way)
    {
        var next = -1;
        var sink = 0L;
        var start = Stopwatch.GetTimestamp();
        var threads = Array.ConvertAll(_workers, worker => new Thread(() =>
        {
            for (var batch = Interlocked.Increment(ref next); batch < _batches; batch = Interlocked.Increment(ref next))
            {
                Interlocked.Add(ref sink, way.Run(worker, batch));
            }
        }));
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        return Stopwatch.GetElapsedTime(start).TotalSeconds + (sink == 1 ? 1e-12 : 0);
    }

    private IEnumerable<IoWay> WarmWays()
    {
        yield return Plain("reads of 4 MiB into one buffer", _file, 65_536, 4 * Megabyte);
        yield return Plain("the same, no gap read along", _file, 0, 4 * Megabyte);
        yield return Plain("the same, gaps of 4 KiB", _file, 4_096, 4 * Megabyte);
        yield return Plain("the same, gaps of 1 MiB", _file, Megabyte, 4 * Megabyte);
        yield return Plain("reads of 64 KiB", _file, 65_536, 65_536);
        yield return Plain("reads of 256 KiB", _file, 65_536, 262_144);
        yield return Plain("reads of 1 MiB", _file, 65_536, Megabyte);
        yield return Plain("reads of 16 MiB", _file, 65_536, 16 * Megabyte);
        yield return Plain("sequential hint", _sequential, 65_536, 4 * Megabyte);
        yield return Plain("random hint", _random, 65_536, 4 * Megabyte);
        yield return new("reads into the batch's memory, one behind the other", Adjacent);
        yield return new("the same, scattered past the gaps", Scattered);
        yield return new("the same, fresh memory for each batch", Fresh);
        yield return new("mapped, copied out", MappedCopy);
        yield return new("the library: read", (worker, batch) => Library(worker, batch, decode: false, look: false));
        yield return new("the library: read and decode", (worker, batch) => Library(worker, batch, decode: true, look: false));
        yield return new("the library: read, decode, look at every byte", (worker, batch) => Library(worker, batch, decode: true, look: true));
        yield return new("reads into the batch's memory, look at every byte", (worker, batch) => Adjacent(worker, batch) + Look(worker.Buffer.AsSpan(0, Needed(batch))));
        yield return new("mapped once, look at every byte", MappedLook);
        yield return new("mapped afresh for each batch, look at every byte", MappedAfresh);
    }

    private IEnumerable<IoWay> ColdWays()
    {
        yield return Plain("reads of 4 MiB into one buffer", _file, 65_536, 4 * Megabyte);
        yield return Plain("the same, no gap read along", _file, 0, 4 * Megabyte);
        yield return Plain("the same, gaps of 1 MiB", _file, Megabyte, 4 * Megabyte);
        yield return Plain("reads of 256 KiB", _file, 65_536, 262_144);
        yield return Plain("reads of 16 MiB", _file, 65_536, 16 * Megabyte);
        yield return Plain("sequential hint", _sequential, 65_536, 4 * Megabyte);
        yield return Plain("random hint", _random, 65_536, 4 * Megabyte);
        yield return new("mapped afresh for each batch, look at every byte", MappedAfresh);
        yield return new("the library: read, decode, look at every byte", (worker, batch) => Library(worker, batch, decode: true, look: true));
    }

    private IoWay Plain(string name, SafeFileHandle file, int gap, int size)
    {
        var reads = _ranges.Select(ranges => Coalesce(ranges, gap)).ToArray();
        return new(name, (worker, batch) =>
        {
            var buffer = worker.Reserve(Math.Max(16 * Megabyte, Needed(batch)));
            foreach (var (offset, length) in reads[batch])
            {
                for (var done = 0L; done < length;)
                {
                    var part = (int)Math.Min(size, length - done);
                    Fill(file, buffer.AsSpan(0, part), offset + done);
                    done += part;
                }
            }

            return 0;
        });
    }

    private int Needed(int batch) => (int)Coalesce(_ranges[batch], 65_536).Sum(static range => range.Length);

    private long Adjacent(IoWorker worker, int batch)
    {
        var buffer = worker.Reserve(Math.Max(16 * Megabyte, Needed(batch)));
        var at = 0;
        foreach (var (offset, length) in Coalesce(_ranges[batch], 65_536))
        {
            Fill(_file, buffer.AsSpan(at, (int)length), offset);
            at += (int)length;
        }

        return 0;
    }

    private long Scattered(IoWorker worker, int batch)
    {
        var buffer = worker.Reserve(Math.Max(16 * Megabyte, 2 * Needed(batch)));
        var (at, scrap) = (65_536, buffer.AsMemory(0, 65_536));
        var pieces = worker.Pieces;
        pieces.Clear();
        var (start, end) = (0L, 0L);
        foreach (var (offset, length) in _ranges[batch])
        {
            if (pieces.Count > 0 && offset - end > scrap.Length)
            {
                RandomAccess.Read(_file, pieces, start);
                pieces.Clear();
            }

            if (pieces.Count == 0)
            {
                start = offset;
            }
            else if (offset > end)
            {
                pieces.Add(scrap[..(int)(offset - end)]);
            }

            pieces.Add(buffer.AsMemory(at, (int)length));
            at += ((int)length + 63) & ~63;
            end = offset + length;
        }

        RandomAccess.Read(_file, pieces, start);
        return 0;
    }

    private long Fresh(IoWorker worker, int batch)
    {
        foreach (var (offset, length) in Coalesce(_ranges[batch], 65_536))
        {
            Fill(_file, GC.AllocateUninitializedArray<byte>((int)length, pinned: true), offset);
        }

        return 0;
    }

    private long MappedCopy(IoWorker worker, int batch)
    {
        var buffer = worker.Reserve(16 * Megabyte);
        foreach (var (offset, length) in _ranges[batch])
        {
            Mapped(_view!, offset, (int)length, bytes =>
            {
                bytes.CopyTo(buffer);
                return 0L;
            });
        }

        return 0;
    }

    private long MappedLook(IoWorker worker, int batch) =>
        _ranges[batch].Aggregate(0L, (sum, range) => sum ^ Mapped(_view!, range.Offset, (int)range.Length, Look));

    private long MappedAfresh(IoWorker worker, int batch)
    {
        var (start, end) = (_ranges[batch][0].Offset, _ranges[batch].Max(static range => range.Offset + range.Length));
        using var view = _map.CreateViewAccessor(start, end - start, MemoryMappedFileAccess.Read);
        return _ranges[batch].Aggregate(0L, (sum, range) => sum ^ Mapped(view, view.PointerOffset + range.Offset - start, (int)range.Length, Look));
    }

    private static unsafe long Mapped(MemoryMappedViewAccessor view, long offset, int length, Func<ReadOnlySpan<byte>, long> action)
    {
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        try
        {
            return action(new ReadOnlySpan<byte>(pointer + offset, length));
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }

    private long Library(IoWorker worker, int batch, bool decode, bool look)
    {
        _reader.Read(batch, _projection, worker.Lease);
        if (decode)
        {
            worker.Lease.Decode();
        }

        var sum = 0L;
        for (var i = 0; look && i < _projection.Count; i++)
        {
            if (_projection.Needs(i))
            {
                var column = worker.Lease.Columns[i];
                sum += Look(column.Slots[0].Bytes.Span) + Look(column.Slots[1].Bytes.Span);
            }
        }

        return sum;
    }

    private static long Look(ReadOnlySpan<byte> bytes)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<long>>(bytes);
        var (a, b) = (Vector<long>.Zero, Vector<long>.Zero);
        var i = 0;
        for (; i + 1 < vectors.Length; i += 2)
        {
            a += vectors[i];
            b += vectors[i + 1];
        }

        return Vector.Sum(a + b);
    }

    private static void Fill(SafeFileHandle file, Span<byte> into, long offset)
    {
        while (into.Length > 0)
        {
            var read = RandomAccess.Read(file, into, offset);
            if (read == 0)
            {
                throw new EndOfStreamException();
            }

            into = into[read..];
            offset += read;
        }
    }

    private static (long Offset, long Length)[] Coalesce((long Offset, long Length)[] ranges, int gap)
    {
        var joined = new List<(long Offset, long Length)>();
        foreach (var (offset, length) in ranges)
        {
            if (joined.Count > 0 && offset - (joined[^1].Offset + joined[^1].Length) <= gap)
            {
                joined[^1] = (joined[^1].Offset, offset + length - joined[^1].Offset);
            }
            else
            {
                joined.Add((offset, length));
            }
        }

        return [.. joined];
    }
}
