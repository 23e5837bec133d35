using System.Security.Cryptography;
using System.Text.Json;
using IndicatorCore.Compression;
using IndicatorCore.Errors;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Compression;

/// <summary>Every frame of data/arrow/lz4, as its manifest says.</summary>
/// <remarks>
/// Policy where the manifest leaves one open: an Arrow buffer holds exactly one data frame, so concatenated frames and trailing bytes are
/// malformed, and skippable and legacy frames are unsupported. A frame with a dictionary id is unsupported even where its blocks would
/// decode without the dictionary, because nothing tells that they do.
/// </remarks>
public sealed class Lz4CorpusTests
{
    private static readonly Dictionary<string, Type> s_policy = new(StringComparer.Ordinal)
    {
        ["multi.concat2.lz4"] = typeof(MalformedArrowException),
        ["multi.skippable_last.lz4"] = typeof(MalformedArrowException),
        ["multi.trailing_garbage.lz4"] = typeof(MalformedArrowException),
        ["multi.legacy.lz4"] = typeof(UnsupportedArrowException),
        ["multi.skip.bin"] = typeof(UnsupportedArrowException),
        ["hand.csize_dictid_all.lz4"] = typeof(UnsupportedArrowException),
    };

    private static readonly string s_folder = Path.Combine(Shared.Repository, "data", "arrow", "lz4");

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        foreach (var entry in Entries())
        {
            files.Add(entry.GetProperty("file").GetString()!);
        }

        return files;
    }

    [Fact]
    public void The_manifest_names_every_file()
    {
        var named = Entries().Select(static entry => entry.GetProperty("file").GetString()!).Append("manifest.json");
        Assert.Equal(
            Directory.GetFiles(s_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            named.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_frame_ends_as_the_manifest_says(string file)
    {
        var entry = Entries().Single(candidate => candidate.GetProperty("file").GetString() == file);
        var frame = File.ReadAllBytes(Path.Combine(s_folder, file));
        Assert.Equal(entry.GetProperty("bytes").GetInt32(), frame.Length);
        var expect = entry.GetProperty("expect").GetString();
        if (s_policy.TryGetValue(file, out var type))
        {
            Assert.Throws(type, () => Lz4Frame.DecodeToArray(frame, 1_000_000));
            var length = entry.GetProperty("plain_len").GetInt32();
            Assert.Throws(type, () => Lz4Bytes.DecodeGuarded(frame, length));
        }
        else if (expect == "ok")
        {
            var length = entry.GetProperty("plain_len").GetInt32();
            foreach (var plain in (byte[][])[Lz4Frame.DecodeToArray(frame, 1_000_000), Lz4Bytes.DecodeGuarded(frame, length)])
            {
                Assert.Equal(length, plain.Length);
                Assert.Equal(entry.GetProperty("plain_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(plain)));
                Assert.Equal(entry.GetProperty("plain_xxh32").GetString(), $"{XxHash32.Hash(plain):x8}");
            }
        }
        else
        {
            Assert.Equal("error", expect);
            foreach (var length in (int[])[0, 1, 40, 65_536, 65_537, 1_000_000])
            {
                var fault = Assert.ThrowsAny<IndicatorDataException>(() => Lz4Bytes.DecodeGuarded(frame, length));
                Assert.InRange(fault.Location.Offset ?? -1, 0, frame.Length);
            }

            Assert.ThrowsAny<IndicatorDataException>(() => Lz4Frame.DecodeToArray(frame, 1_000_000));
        }
    }

    private static List<JsonElement> Entries()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(s_folder, "manifest.json")));
        return [.. manifest.RootElement.GetProperty("entries").EnumerateArray().Select(static entry => entry.Clone())];
    }
}
