using System.Diagnostics;
using System.IO.Pipelines;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Io;

/// <summary>Compares ways of taking an Arrow stream off a pipe that <c>cat</c> fills.</summary>
internal static class PipeComparison
{
    /// <summary>Writes a stream of 200 MB, runs the comparison and prints a Markdown table.</summary>
    public static int Run(int rounds)
    {
        var path = Path.GetTempFileName();
        try
        {
            Write(path);
            Compare(path, rounds);
        }
        finally
        {
            File.Delete(path);
        }

        return 0;
    }

    private static void Write(string path)
    {
        var schema = new Schema { Fields = [.. Enumerable.Range(0, 8).Select(static i => new Field { Name = $"c{i}", Type = ArrowType.Float(64) })] };
        using var file = File.Create(path);
        using var writer = new IpcWriter(file, schema, new IpcWriterOptions { Format = IpcFormat.Stream });
        var batch = new BatchBuilder(schema);
        for (var row = 0; row < 102_400; row++)
        {
            for (var column = 0; column < 8; column++)
            {
                batch[column].AppendDouble(row);
            }
        }

        for (var i = 0; i < 32; i++)
        {
            writer.Write(batch);
        }

        writer.Complete();
    }

    private static void Compare(string path, int rounds)
    {
        (string Name, Func<Stream, Task> Run)[] ways =
        [
            ("reads of 64 KiB", stream => DrainAsync(stream, 65_536)),
            ("reads of 256 KiB", stream => DrainAsync(stream, 262_144)),
            ("reads of 1 MiB", stream => DrainAsync(stream, 1 << 20)),
            ("a pipe reader of 64 KiB", stream => DrainPipeAsync(stream, 65_536)),
            ("a pipe reader of 256 KiB", stream => DrainPipeAsync(stream, 262_144)),
            ("a pipe reader of 1 MiB", stream => DrainPipeAsync(stream, 1 << 20)),
            ("the library: read and decode", stream => LibraryAsync(stream, hash: false)),
            ("the library: read, decode and hash", stream => LibraryAsync(stream, hash: true)),
        ];
        var seconds = ways.Select(_ => new double[rounds]).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            for (var i = 0; i < ways.Length; i++)
            {
                using var cat = Process.Start(new ProcessStartInfo("cat", [path]) { RedirectStandardOutput = true, UseShellExecute = false })!;
                var start = Stopwatch.GetTimestamp();
                ways[i].Run(cat.StandardOutput.BaseStream).GetAwaiter().GetResult();
                if (round >= 0)
                {
                    seconds[i][round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
                }

                cat.WaitForExit();
            }
        }

        Console.WriteLine($"\n`cat FILE |`, {new FileInfo(path).Length / 1e6:0} MB, {rounds} rounds\n\n| way | ratio | GB/s |\n| --- | --- | --- |");
        for (var i = 0; i < ways.Length; i++)
        {
            var ratios = seconds[i].Zip(seconds[0], static (own, first) => own / first).Order().ToArray();
            var median = seconds[i].Order().ElementAt(rounds / 2);
            Console.WriteLine($"| {ways[i].Name} | {ratios[rounds / 2]:0.00} | {new FileInfo(path).Length / median / 1e9:0.0} |");
        }
    }

    private static async Task DrainAsync(Stream stream, int size)
    {
        var buffer = new byte[size];
        while (await stream.ReadAsync(buffer) > 0)
        {
        }
    }

    private static async Task DrainPipeAsync(Stream stream, int size)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: size));
        while (true)
        {
            var result = await pipe.ReadAsync();
            pipe.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        await pipe.CompleteAsync();
    }

    private static async Task LibraryAsync(Stream stream, bool hash)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 262_144));
        await using var reader = new IpcStreamReader(pipe, "pipe", new IpcReaderOptions { HashContent = hash });
        await reader.ReadSchemaAsync();
        using var lease = new BatchLease();
        while (await reader.ReadAsync(lease))
        {
            lease.Decode();
        }
    }
}
