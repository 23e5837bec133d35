using IndicatorCore.Compression;
using IndicatorCore.Fuzz.Mutation;
using IndicatorCore.Fuzz.Seeds;

namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>LZ4 frames of every flag set, ours, drawn, and of the lz4 command, changed; half of the time with the header checksum made right again.</summary>
internal sealed class Lz4FrameCampaign : Campaign
{
    private const int MostBytes = 16 * 1024;

    private readonly Lazy<List<(byte[] Frame, int Length)>> _samples = new(Samples);

    public override string Name => "lz4-frame";

    public override long Available => long.MaxValue;

    public override int Share => 100;

    public override FuzzInput Make(long item, ulong seed)
    {
        var random = new SeededRandom(seed ^ 0x4C5A3446, item);
        byte[] frame;
        int length;
        if (random.Next(3) == 0)
        {
            (frame, length) = _samples.Value[random.Next(_samples.Value.Count)];
        }
        else
        {
            var plain = Lz4Drawing.Plain(random, random.Next(600));
            (frame, length) = (Lz4Drawing.Frame(random, plain), plain.Length);
        }

        frame = Lz4Drawing.Changed(random, frame, 4);
        if (random.Next(2) == 0)
        {
            List<byte> whole = [.. frame];
            Lz4Drawing.Seal(whole);
            frame = [.. whole];
        }

        var room = random.Next(6) == 0 ? random.Next(length + 20) : length;
        return new FuzzInput(InputKind.Lz4Frame, $"frame of {frame.Length} bytes into {room}", frame) { Room = room, Variant = (int)(item % int.MaxValue) };
    }

    private static List<(byte[] Frame, int Length)> Samples()
    {
        List<(byte[] Frame, int Length)> samples = [];
        foreach (var file in ReferenceFiles.In(ReferenceFiles.Samples("lz4"), "*.lz4"))
        {
            var frame = File.ReadAllBytes(file);
            if (frame.Length > MostBytes)
            {
                continue;
            }

            try
            {
                var length = Lz4Frame.DecodeToArray(frame, 1 << 20).Length;
                if (length <= 4 * MostBytes)
                {
                    samples.Add((frame, length));
                }
            }
            catch (Errors.IndicatorDataException)
            {
                // the corpus has the bad ones
            }
        }

        return samples;
    }
}
