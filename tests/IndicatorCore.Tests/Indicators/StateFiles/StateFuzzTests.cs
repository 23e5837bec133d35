using System.Buffers.Binary;
using System.Security.Cryptography;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.StateFiles;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.StateFiles;

/// <summary>State files with any bytes changed and a digest that fits again: refused with a typed error, or read; never a crash.</summary>
public sealed class StateFuzzTests
{
    private const int HeadBytes = 8;

    private static readonly IndicatorQuery s_query = Reports.NoFloor with { Threads = 1, Grain = new StateGrain(), GroupBy = ["line"] };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Category", "Slow")]
    public async Task Changed_bytes_under_a_digest_that_fits_are_refused_or_read(int seed)
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        var stream = Rebatch.Bytes(folder.Write("a.state", State()), int.MaxValue, IpcFormat.Stream, compress: false);
        await Outcome(folder.Write("same.state", Whole(stream)), isSame: true);
        var refused = 0;
        for (var round = 0; round < 250; round++)
        {
            var changed = stream.ToArray();
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
            }

            refused += await Outcome(folder.Write("x.state", Whole(changed)), isSame: false);
        }

        Assert.InRange(refused, 10, 249);   // some changes are to be seen, and some are not
    }

    [Fact]
    public async Task Changed_headers_under_a_digest_that_fits_are_refused_or_read()
    {
        var random = new Random(4);
        using var folder = new TemporaryFolder();
        var stream = Rebatch.Bytes(folder.Write("a.state", State()), int.MaxValue, IpcFormat.Stream, compress: false);
        var header = stream.AsSpan().IndexOf("{\"version\""u8);
        var length = stream.AsSpan(header).IndexOf("\"scope_conflicts\""u8);
        for (var round = 0; round < 200; round++)
        {
            var changed = stream.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                changed[header + random.Next(length)] = (byte)"0129-[]{},:\"ne"[random.Next(14)];
            }

            await Outcome(folder.Write("x.state", Whole(changed)), isSame: false);
        }
    }

    private static async Task<int> Outcome(string path, bool isSame)
    {
        try
        {
            var info = await StateFileInfo.SurveyAsync(path);
            using var engine = new IndicatorEngine(info.Over(s_query));
            await engine.MergeStateAsync(path);
            Assert.NotNull(engine.Finish().Rows.ToList());
            engine.SaveState(Stream.Null);
            return 0;
        }
        catch (IndicatorDataException) when (!isSame)
        {
            return 1;
        }
    }

    private static byte[] State()
    {
        using var engine = Reports.Engine(
            s_query,
            ExportBuilder.Radio().Row("2024-03-05 10:00:00", "c", "NR", -90, 5).Row("2024-03-06 10:00:00", "c", "NR", -110, 5),
            ExportBuilder.Production().Row("2024-03-05 10:00:00", "L1", "P", 5, 2).Row("2024-03-06 10:00:00", "L2", "Q", 7, 3),
            ExportBuilder.Cost().Row("2024-03-01 00:00:00", "L1", "P", "energy", 12.5, 3),
            ExportBuilder.Energy().Row("2024-03-05 10:00:00", 17.25),
            ExportBuilder.Table("probe").Time("event_ts").Numbers("latency_ms").Row("2024-03-05 10:00:00", 3.5).Row("2024-03-05 10:00:01", null));
        engine.Revise();
        using var output = new MemoryStream();
        engine.SaveState(output);
        return output.ToArray();
    }

    // the stream in a file whose footer lists nothing and has the stream's digest
    private static byte[] Whole(byte[] stream)
    {
        using var empty = new MemoryStream();
        using (var writer = new IpcWriter(empty, StateSchema.With([new(StateSchema.HeaderKey, Header(stream))]), leaveOpen: true))
        {
            writer.Complete(() => [new(StateSchema.DigestKey, Convert.ToHexStringLower(SHA256.HashData(stream)))]);
        }

        var file = empty.ToArray();
        var footer = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(file.Length - 10)) + 10;
        return [.. file[..HeadBytes], .. stream, .. file[^footer..]];
    }

    // what the footer says of the schema is what the stream says, where that can still be read
    private static string Header(byte[] stream)
    {
        var start = stream.AsSpan().IndexOf("{\"version\""u8);
        var end = start < 0 ? -1 : stream.AsSpan(start).IndexOf("\"scope_conflicts\":"u8);
        var close = end < 0 ? -1 : stream.AsSpan(start + end).IndexOf((byte)'}');
        return close < 0 ? "{}" : System.Text.Encoding.UTF8.GetString(stream, start, end + close + 1);
    }
}
