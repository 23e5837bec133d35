using System.Diagnostics;
using IndicatorCore.Compression;
using IndicatorCore.Errors;

namespace IndicatorCore.Tests.Compression;

public sealed class Lz4FrameTests
{
    private const int KiB64 = 65_536;

    [Fact]
    public void Sizes_around_every_border_give_the_bytes_back()
    {
        foreach (var length in (int[])[.. Enumerable.Range(0, 21), KiB64 - 1, KiB64, KiB64 + 1, (3 * KiB64) + 5])
        {
            RoundTrip(new byte[length], KiB64);
            RoundTrip(Lz4Bytes.Random(length, length), KiB64);
            RoundTrip(Lz4Bytes.Mixed(length, length), KiB64);
        }

        foreach (var length in (int[])[4_194_303, 4_194_304, 4_194_305])
        {
            RoundTrip(Lz4Bytes.Mixed(length, length), 4_194_304);
            RoundTrip(Lz4Bytes.Mixed(length, length), 1_048_576);
        }

        RoundTrip(Lz4Bytes.Random(700_000, 1), 262_144);
    }

    [Fact]
    public void A_frame_grows_by_no_more_than_its_own_words()
    {
        var frame = Lz4Bytes.Encode(Lz4Bytes.Random(200_000, 2));
        Assert.Equal(15 + 200_000 + (4 * 4) + 4, frame.Length);
        Assert.True(Lz4Bytes.Encode(new byte[200_000]).Length < 1200);
    }

    [Fact]
    public void The_same_bytes_encode_to_the_same_frame()
    {
        var plain = Lz4Bytes.Mixed(300_000, 5);
        Assert.Equal(Lz4Bytes.Encode(plain), Lz4Bytes.Encode(plain));
    }

    [Fact]
    public void A_frame_cut_anywhere_is_refused()
    {
        var plain = Lz4Bytes.Mixed(600, 6);
        var frame = Lz4Bytes.Encode(plain, contentChecksum: true);
        for (var length = 0; length < frame.Length; length++)
        {
            var fault = Assert.Throws<MalformedArrowException>(() => Lz4Bytes.DecodeGuarded(frame.AsSpan(0, length), plain.Length));
            Assert.NotNull(fault.Location.Offset);
            Assert.Throws<MalformedArrowException>(() => Lz4Frame.DecodeToArray(frame.AsSpan(0, length), 100_000));
        }
    }

    [Fact]
    public void A_changed_byte_is_refused_or_changes_nothing_outside_the_output()
    {
        var plain = Lz4Bytes.Mixed(700, 8);
        var checkedFrame = Lz4Bytes.Encode(plain, contentChecksum: true);
        var plainFrame = Lz4Bytes.Encode(plain);
        for (var at = 0; at < plainFrame.Length; at++)
        {
            for (var change = 1; change < 256; change = change < 16 ? change + 1 : change + 15)
            {
                var mutated = (byte[])checkedFrame.Clone();
                mutated[at] ^= (byte)change;
                Assert.ThrowsAny<IndicatorDataException>(() => Lz4Bytes.DecodeGuarded(mutated, plain.Length));

                // Without a content checksum a changed literal is not seen; bounds hold all the same.
                mutated = (byte[])plainFrame.Clone();
                mutated[at] ^= (byte)change;
                try
                {
                    Lz4Bytes.DecodeGuarded(mutated, plain.Length);
                }
                catch (IndicatorDataException)
                {
                    // The typed refusal is the other allowed end.
                }
            }
        }
    }

    [Fact]
    public void Bytes_behind_the_frame_or_a_second_frame_are_refused()
    {
        var frame = Lz4Bytes.Encode("some bytes"u8.ToArray());
        var fault = Assert.Throws<MalformedArrowException>(() => Lz4Bytes.DecodeGuarded([.. frame, 0], 10));
        Assert.Equal(frame.Length, fault.Location.Offset);
        Assert.Throws<MalformedArrowException>(() => Lz4Bytes.DecodeGuarded([.. frame, .. frame], 10));
        Assert.Throws<MalformedArrowException>(() => Lz4Bytes.DecodeGuarded([.. frame, .. frame], 20));
    }

    [Fact]
    public void A_frame_that_does_not_fill_the_destination_exactly_is_refused()
    {
        var frame = Lz4Bytes.Frame(linked: true, (Lz4Bytes.Sequence("0123456789"u8), false), ("abc"u8.ToArray(), true));
        Assert.Equal("0123456789abc"u8, Lz4Bytes.DecodeGuarded(frame, 13));
        Assert.Equal("0123456789abc"u8, Lz4Frame.DecodeToArray(frame, 13));
        foreach (var length in (int[])[0, 9, 10, 12, 14, 100])
        {
            Assert.Equal(DataFault.Malformed, Assert.Throws<MalformedArrowException>(() => Lz4Bytes.DecodeGuarded(frame, length)).Kind);
        }
    }

    [Fact]
    public void A_match_crosses_blocks_only_where_they_are_linked()
    {
        (byte[], bool)[] blocks =
        [
            ("abcdefgh"u8.ToArray(), true),
            ([], true),
            ([.. Lz4Bytes.Sequence([], 8, 8), .. Lz4Bytes.Sequence("12345"u8)], false),
        ];
        Assert.Equal("abcdefghabcdefgh12345"u8, Lz4Bytes.DecodeGuarded(Lz4Bytes.Frame(linked: true, blocks), 21));
        Assert.Equal("abcdefghabcdefgh12345"u8, Lz4Frame.DecodeToArray(Lz4Bytes.Frame(linked: true, blocks), 1000));
        var frame = Lz4Bytes.Frame(linked: false, blocks);
        Assert.Throws<MalformedArrowException>(() => Lz4Bytes.DecodeGuarded(frame, 21));
    }

    [Fact]
    public void A_block_beyond_the_block_maximum_is_refused_though_the_destination_has_room()
    {
        var frame = Lz4Bytes.Frame(linked: false, ([.. Lz4Bytes.Sequence("a"u8, 1, KiB64 - 5), .. Lz4Bytes.Sequence("12345"u8)], false));
        Assert.Throws<MalformedArrowException>(() => Lz4Bytes.DecodeGuarded(frame, KiB64 + 1));
        var fault = Assert.Throws<MalformedArrowException>(() => Lz4Frame.DecodeToArray(frame, 10 * KiB64));
        Assert.Equal(DataFault.Malformed, fault.Kind);
    }

    [Fact]
    public void A_frame_of_more_than_the_limit_stops_at_the_limit()
    {
        var frame = Lz4Bytes.Encode(new byte[300_000]);
        Assert.Throws<LimitExceededException>(() => Lz4Frame.DecodeToArray(frame, 299_999));
        Assert.Throws<LimitExceededException>(() => Lz4Frame.DecodeToArray(frame, 0));
        Assert.Equal(300_000, Lz4Frame.DecodeToArray(frame, 300_000).Length);
    }

    [Fact]
    public void A_declared_size_allocates_nothing()
    {
        var frame = Lz4Bytes.Encode("tiny"u8.ToArray());
        BitConverter.GetBytes((ulong)1 << 30).CopyTo(frame, 6);
        frame[14] = (byte)(XxHash32.Hash(frame.AsSpan(4, 10)) >> 8);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MalformedArrowException>(() => Lz4Frame.DecodeToArray(frame, int.MaxValue));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Checksums_are_verified_unless_the_caller_says_otherwise()
    {
        var plain = Lz4Bytes.Mixed(1000, 3);
        var frame = Lz4Bytes.Encode(plain, contentChecksum: true);
        frame[^1] ^= 1;
        var fault = Assert.Throws<MalformedArrowException>(() => Lz4Bytes.DecodeGuarded(frame, plain.Length));
        Assert.Equal(DataFault.Checksum, fault.Kind);
        Assert.Equal(frame.Length - 4, fault.Location.Offset);
        var output = new byte[plain.Length];
        new Lz4FrameCodec(verifyChecksums: false).Decode(frame, output, CancellationToken.None);
        Assert.Equal(plain, output);
    }

    [Fact]
    public void A_wrong_checksum_of_any_block_is_found_there_or_passed_over_as_asked()
    {
        for (var blocks = 1; blocks <= 9; blocks++)
        {
            List<byte> bytes = [0x04, 0x22, 0x4D, 0x18, 0x70, 0x40];
            bytes.Add((byte)(XxHash32.Hash([bytes[4], bytes[5]]) >> 8));
            var sumsAt = new int[blocks];
            var length = 0;
            for (var i = 0; i < blocks; i++)
            {
                var data = Lz4Bytes.Random(1 + (i * 37 % 90), i);
                length += data.Length;
                bytes.AddRange(BitConverter.GetBytes((uint)data.Length | 0x80000000));
                bytes.AddRange(data);
                sumsAt[i] = bytes.Count;
                bytes.AddRange(BitConverter.GetBytes(XxHash32.Hash(data)));
            }

            bytes.AddRange(new byte[4]);
            byte[] frame = [.. bytes];
            var plain = Lz4Bytes.DecodeGuarded(frame, length);
            foreach (var at in sumsAt)
            {
                var wrong = (byte[])frame.Clone();
                wrong[at] ^= 1;
                var fault = Assert.Throws<MalformedArrowException>(() => Lz4Bytes.DecodeGuarded(wrong, length));
                Assert.Equal(DataFault.Checksum, fault.Kind);
                Assert.Equal(at, fault.Location.Offset);
                var output = new byte[length];
                Lz4Frame.Decode(wrong, output, verifyChecksums: false);
                Assert.Equal(plain, output);
            }
        }
    }

    [Fact]
    public void What_Arrow_does_not_allow_is_named()
    {
        Assert.Contains("legacy", Refused([0x02, 0x21, 0x4C, 0x18, 0, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("skippable", Refused([0x5F, 0x2A, 0x4D, 0x18, 0, 0, 0, 0]), StringComparison.Ordinal);
        byte[] dictionary = [0x04, 0x22, 0x4D, 0x18, 0x61, 0x40, 1, 2, 3, 4, 0, 0, 0, 0, 0];
        dictionary[10] = (byte)(XxHash32.Hash(dictionary.AsSpan(4, 6)) >> 8);
        Assert.Contains("dictionary id", Refused(dictionary), StringComparison.Ordinal);

        static string Refused(byte[] frame) =>
            Assert.Throws<UnsupportedArrowException>(() => Lz4Frame.Decode(frame, [])).Problem;
    }

    [Fact]
    public void A_cancelled_token_ends_the_call()
    {
        var frame = Lz4Bytes.Encode(new byte[100]);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new Lz4FrameCodec().Decode(frame, new byte[100], source.Token));
    }

    [Fact]
    public void Decoding_allocates_nothing()
    {
        var plain = Lz4Bytes.Mixed(300_000, 12);
        var frame = Lz4Bytes.Encode(plain, contentChecksum: true);
        var output = new byte[plain.Length];
        Lz4Frame.Decode(frame, output);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Lz4Frame.Decode(frame, output);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [SkippableFact]
    public void The_lz4_programme_reads_what_is_written()
    {
        var programme = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Select(static folder => Path.Combine(folder, "lz4"))
            .FirstOrDefault(File.Exists);
        Skip.If(programme is null, "The lz4 programme is not installed.");
        var folder = Directory.CreateTempSubdirectory("lz4-");
        try
        {
            foreach (var length in (int[])[0, 1, 12, 13, 14, 100, KiB64, KiB64 + 1, 1_000_000])
            {
                foreach (var plain in (byte[][])[Lz4Bytes.Mixed(length, length + 1), Lz4Bytes.Random(length, 1), new byte[length]])
                {
                    var source = Path.Combine(folder.FullName, "a.lz4");
                    var target = Path.Combine(folder.FullName, "a");
                    File.WriteAllBytes(source, Lz4Bytes.Encode(plain, contentChecksum: length % 2 == 0));
                    using var process = Process.Start(new ProcessStartInfo(programme!, ["-d", "-q", "-f", source, target]))!;
                    process.WaitForExit();
                    Assert.Equal(0, process.ExitCode);
                    Assert.True(plain.AsSpan().SequenceEqual(File.ReadAllBytes(target)));
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void RoundTrip(byte[] plain, int maxBlockBytes)
    {
        var frame = Lz4Bytes.Encode(plain, maxBlockBytes, contentChecksum: plain.Length % 2 == 0);
        Assert.True(plain.AsSpan().SequenceEqual(Lz4Bytes.DecodeGuarded(frame, plain.Length)), $"{plain.Length} bytes");
        Assert.True(plain.AsSpan().SequenceEqual(Lz4Frame.DecodeToArray(frame, plain.Length)), $"{plain.Length} bytes");
    }
}
