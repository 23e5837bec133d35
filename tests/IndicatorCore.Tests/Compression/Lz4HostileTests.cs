using IndicatorCore.Compression;
using IndicatorCore.Errors;
using IndicatorCore.Fuzz.Guards;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Compression;

/// <summary>Changed blocks and frames between pages that must not be touched, over two backgrounds that must not show.</summary>
public sealed class Lz4HostileTests
{
    private const int MostBytes = 400_000;

    [SkippableFact]
    public void Changed_blocks_touch_nothing_outside_and_show_nothing_old()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Guard pages are made with Linux calls.");
        using var sourcePages = new GuardedPages(MostBytes);
        using var outputPages = new GuardedPages(MostBytes);
        var random = new Random(21);
        var first = new byte[MostBytes];
        var decoded = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var plain = Lz4Bytes.Mixed(random.Next(1, 600), random.Next());
            var block = new byte[Lz4Block.MaxEncodedBytes(plain.Length)];
            block = block[..Lz4Block.Encode(plain, block)];
            for (var changes = random.Next(4); changes > 0; changes--)
            {
                block[random.Next(block.Length)] = random.Next(3) switch { 0 => 0, 1 => 255, _ => (byte)random.Next(256) };
            }

            block = block[..(random.Next(3) == 0 ? random.Next(block.Length + 1) : block.Length)];
            var source = sourcePages.AtEnd(block.Length);
            block.CopyTo(source);

            // Often too little room, so that the output's end comes while much input is left.
            var room = random.Next(2) == 0 ? random.Next(plain.Length + 1) : plain.Length + random.Next(80);
            var output = random.Next(2) == 0 ? outputPages.AtEnd(room) : outputPages.AtStart(room);

            output.Clear();
            var fault = Lz4Block.Decode(source, output, 0, 0, out var written, out _);
            output[..written].CopyTo(first);
            output.Fill(0xFF);
            Assert.Equal(fault, Lz4Block.Decode(source, output, 0, 0, out var again, out _));
            Assert.Equal(written, again);
            Assert.True(output[..written].SequenceEqual(first.AsSpan(0, written)), $"Round {round} shows bytes that it never wrote.");
            decoded += fault == Lz4BlockFault.None ? 1 : 0;
        }

        // Both ends were really reached.
        Assert.InRange(decoded, 1_000, 18_000);
    }

    [SkippableFact]
    public void Encoding_touches_nothing_outside_its_source_and_destination()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Guard pages are made with Linux calls.");
        using var sourcePages = new GuardedPages(MostBytes);
        using var outputPages = new GuardedPages(MostBytes);
        var random = new Random(23);
        for (var round = 0; round < 5_000; round++)
        {
            var plain = Lz4Bytes.Mixed(random.Next(600), random.Next());
            var source = random.Next(2) == 0 ? sourcePages.AtEnd(plain.Length) : sourcePages.AtStart(plain.Length);
            plain.CopyTo(source);
            var most = (int)Lz4Block.MaxEncodedBytes(plain.Length);
            var output = outputPages.AtEnd(most);
            var size = Lz4Block.Encode(source, output);
            Assert.InRange(size, 1, most);
            Assert.Equal(size, Lz4Block.Encode(source, outputPages.AtEnd(size)));
            Assert.Equal(-1, Lz4Block.Encode(source, outputPages.AtEnd(random.Next(size))));
            var decoded = new byte[plain.Length];
            Assert.Equal(Lz4BlockFault.None, Lz4Block.Decode(outputPages.AtEnd(most)[..Lz4Block.Encode(source, outputPages.AtEnd(most))], decoded, 0, 0, out _, out _));
            Assert.Equal(plain, decoded);
        }
    }

    [SkippableFact]
    public void Changed_frames_of_every_flag_set_touch_nothing_outside()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Guard pages are made with Linux calls.");
        using var sourcePages = new GuardedPages(MostBytes);
        using var outputPages = new GuardedPages(MostBytes);
        var random = new Random(22);
        var (decoded, refused) = (0, 0);
        foreach (var file in Directory.GetFiles(Path.Combine(Shared.Repository, "data", "arrow", "lz4"), "*.lz4").Order(StringComparer.Ordinal))
        {
            var frame = File.ReadAllBytes(file);
            int length;
            try
            {
                length = Lz4Frame.DecodeToArray(frame, MostBytes).Length;
            }
            catch (IndicatorDataException)
            {
                continue;
            }

            for (var round = 0; round < 60; round++)
            {
                var source = sourcePages.AtEnd(frame.Length);
                frame.CopyTo(source);
                if (round > 0)
                {
                    source[random.Next(Math.Min(frame.Length, 7), frame.Length)] ^= (byte)(1 << random.Next(8));
                }

                try
                {
                    Lz4Frame.Decode(source, outputPages.AtEnd(length), verifyChecksums: false);
                    decoded++;
                }
                catch (IndicatorDataException)
                {
                    refused++;
                }
            }
        }

        Assert.True(decoded > 500 && refused > 500, $"{decoded} decoded, {refused} refused");
    }
}
