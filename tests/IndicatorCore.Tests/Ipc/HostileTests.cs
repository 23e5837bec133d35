using System.Diagnostics;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Truncation, bit flips and the fuzz corpus: a typed error or a result, in time, and nothing else.</summary>
public sealed class HostileTests
{
    private static readonly IpcReaderOptions s_careful = new() { MaxBatchBytes = 64 << 20, MaxDictionaryBytes = 16 << 20 };

    public static TheoryData<string> Small() =>
    [
        "ok.base.arrows",
        "ok.legacy_v4_prefix4.arrows",
        "ok.utf8view.arrows",
        "ok.lz4_polars_style.arrows",
        "ok.dict_replace_then_delta.arrows",
        "ok.mixed_prefix.arrows",
        "ok.dict_delta.arrow",
        "ok.no_schema_message.arrow",
        "ok.no_eos.arrow",
    ];

    [Theory]
    [MemberData(nameof(Small))]
    public void A_cut_at_any_byte_is_noticed_or_falls_between_messages(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(ArrowData.Composed, file));
        var (_, whole) = IpcReading.Any(bytes);
        var isFile = file.EndsWith(".arrow", StringComparison.Ordinal);
        var cleanEnds = 0;
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes.AsMemory(0, length);
            var fault = Record.Exception(() =>
            {
                var (_, batches) = isFile ? IpcReading.File(cut) : IpcReading.Stream(cut);
                cleanEnds++;
                IpcReading.AssertEqual([.. whole.Take(batches.Count)], batches);
            });
            if (fault is not null)
            {
                var malformed = Assert.IsType<MalformedArrowException>(fault);
                Assert.True(length == 0 || isFile || malformed.Kind == DataFault.Truncated, malformed.Message);
            }
        }

        Assert.Equal(isFile, cleanEnds == 0);
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void A_flipped_bit_gives_a_typed_error_or_a_result(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(ArrowData.Composed, file));
        var (faults, reads) = (0, 0);
        for (var at = 0; at < bytes.Length; at++)
        {
            var bit = (byte)(1 << (at % 8));
            bytes[at] ^= bit;
            Count(bytes, file, ref faults, ref reads);
            bytes[at] ^= bit;
        }

        Assert.True(faults > 0 && reads > 0);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Every_flipped_bit_gives_a_typed_error_or_a_result()
    {
        foreach (var row in Small())
        {
            string file = row;
            var bytes = File.ReadAllBytes(Path.Combine(ArrowData.Composed, file));
            var (faults, reads) = (0, 0);
            for (var at = 0; at < 8 * bytes.Length; at++)
            {
                bytes[at / 8] ^= (byte)(1 << (at % 8));
                Count(bytes, file, ref faults, ref reads);
                bytes[at / 8] ^= (byte)(1 << (at % 8));
            }
        }
    }

    [SkippableFact]
    public void The_fuzz_corpus_gives_typed_errors_or_results()
    {
        var folder = Shared.Require("arrow", "golden", "fuzz");
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(files);
        var (faults, reads) = (0, 0);
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            var clock = Stopwatch.StartNew();
            Count(bytes, file, ref faults, ref reads);
            Assert.True(clock.ElapsedMilliseconds < 10_000, $"{file} took {clock.ElapsedMilliseconds} ms");
        }
    }

    [Fact]
    public void Random_metadata_is_read_or_called_malformed()
    {
        var random = new Random(20_251_119);
        for (var round = 0; round < 50_000; round++)
        {
            var metadata = new byte[random.Next(0, 96)];
            random.NextBytes(metadata);
            for (var i = 0; i < metadata.Length; i++)
            {
                // small numbers make offsets that lead somewhere
                metadata[i] = random.Next(3) == 0 ? metadata[i] : (byte)(i % 4 == 0 ? random.Next(24) : 0);
            }

            byte[] stream = [255, 255, 255, 255, (byte)metadata.Length, 0, 0, 0, .. metadata];
            var (faults, reads) = (0, 0);
            Count(stream, "random", ref faults, ref reads);
        }
    }

    private static void Count(byte[] bytes, string file, ref int faults, ref int reads)
    {
        try
        {
            IpcReading.Any(bytes, s_careful);
            reads++;
        }
        catch (IndicatorDataException fault)
        {
            Assert.NotNull(fault.Location.File);
            faults++;
        }
        catch (Exception other)
        {
            Assert.Fail($"{file}: {other}");
        }
    }
}
