using System.Globalization;
using IndicatorCore.Bench.Guards;
using IndicatorCore.Bench.Questions;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Compression;

/// <summary>Holds LZ4 decoding against liblz4, column by column of a file; prints Markdown.</summary>
internal static class Lz4Comparison
{
    private const int Unusable = 2;

    private delegate void Work(int worker, int workers);

    /// <summary>Measures: <c>FILE [--batches N] [--pairs N] [--columns A,B]</c>; 0, or 2 when there is nothing to measure.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        var (batches, pairs, columns) = (4, 21, Array.Empty<string>());
        for (var i = 1; i + 1 < arguments.Length; i += 2)
        {
            switch (arguments[i])
            {
                case "--batches":
                    batches = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture);
                    break;
                case "--pairs":
                    pairs = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture);
                    break;
                case "--columns":
                    columns = arguments[i + 1].Split(',');
                    break;
                default:
                    return Fail($"--lz4 does not know {arguments[i]}");
            }
        }

        if (arguments.Length % 2 == 0 || batches < 1 || pairs < 1)
        {
            return Fail("use --lz4 FILE [--batches N] [--pairs N] [--columns A,B]");
        }

        if (!Liblz4.IsHere)
        {
            return Fail("liblz4.so.1 is not here");
        }

        Compare(arguments[0], batches, pairs, columns);
        return 0;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return Unusable;
    }

    private static void Compare(string path, int batches, int pairs, string[] columns)
    {
        using var reader = IpcFileReader.Open(path);
        using var file = File.OpenRead(path);
        batches = Math.Min(batches, reader.BatchCount);
        Console.WriteLine($"liblz4 {Liblz4.Version}'s time over ours (above 1 we are faster), medians of {pairs} pairs, {batches} batches, on 1 / 2 threads.");
        Console.WriteLine("Frames are held against `LZ4F_decompress` with checksums verified, also where ours leaves them unverified.\n");
        Console.WriteLine("| column | plain / stored MB | blocks | frames, checked | frames, unchecked |\n| --- | ---: | ---: | ---: | ---: |");
        nint[] contexts = [Liblz4.CreateContext(), Liblz4.CreateContext()];
        try
        {
            for (var column = 0; column < reader.Schema.Fields.Count; column++)
            {
                var name = reader.Schema.Fields[column].Name;
                if (columns.Length == 0 || columns.Contains(name, StringComparer.Ordinal))
                {
                    var frames = StoredFrames.Read(reader, file, column, batches);
                    Console.WriteLine(frames.Count == 0 ? $"| `{name}` | no frame | | | |" : Row(name, frames, contexts, pairs));
                }
            }
        }
        finally
        {
            Array.ForEach(contexts, Liblz4.FreeContext);
        }
    }

    private static string Row(string name, StoredFrames frames, nint[] contexts, int pairs)
    {
        byte[][] outputs = [new byte[frames.Longest], new byte[frames.Longest]];
        Work ours = (worker, workers) => frames.Blocks(outputs[worker], worker, workers);
        Work theirs = (worker, workers) => frames.NativeBlocks(outputs[worker], worker, workers);
        Work theirFrames = (worker, workers) => frames.NativeFrames(contexts[worker], outputs[worker], worker, workers);
        var blocks = frames.Compressed == 0 ? "all stored" : Ratios(theirs, ours, frames.Count, pairs);
        var verified = Ratios(theirFrames, (worker, workers) => frames.Frames(outputs[worker], verify: true, worker, workers), frames.Count, pairs);
        var unverified = Ratios(theirFrames, (worker, workers) => frames.Frames(outputs[worker], verify: false, worker, workers), frames.Count, pairs);
        return string.Create(CultureInfo.InvariantCulture, $"| `{name}` | {frames.Plain / 1e6:0.00} / {frames.Stored / 1e6:0.00} | {blocks} | {verified} | {unverified} |");
    }

    private static string Ratios(Work theirs, Work ours, int frames, int pairs)
    {
        var one = PairedRatio.Measure(() => theirs(0, 1), () => ours(0, 1), pairs, seed: 1).Median;
        var two = frames < 2 ? "-" : PairedRatio.Measure(() => Both(theirs), () => Both(ours), pairs, seed: 1).Median.ToString("0.00", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{one:0.00} / {two}");
    }

    private static void Both(Work work) => Parallel.Invoke(() => work(0, 2), () => work(1, 2));
}
