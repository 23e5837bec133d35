using IndicatorCore.Fuzz.Mutation;

namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>LZ4 blocks, of our encoder and drawn sequence by sequence, changed or not, into too little, exact and ample room.</summary>
internal sealed class Lz4BlockCampaign : Campaign
{
    public override string Name => "lz4-block";

    public override long Available => long.MaxValue;

    public override int Share => 150;

    public override FuzzInput Make(long item, ulong seed)
    {
        var random = new SeededRandom(seed ^ 0x4C5A34, item);
        var history = random.Next(3) == 0 ? random.Next(300) : 0;
        byte[] block;
        int length;
        if (random.Next(2) == 0)
        {
            var plain = Lz4Drawing.Plain(random, random.Next(random.Next(16) == 0 ? 4000 : 200));
            (block, length) = (Lz4Drawing.Encoded(plain), plain.Length);
        }
        else
        {
            block = Lz4Drawing.Composed(random, history, out length);
        }

        block = Lz4Drawing.Changed(random, block, 0);
        var room = random.Next(4) switch { 0 => random.Next(length + 1), 1 => length, _ => length + random.Next(100) };
        return new FuzzInput(InputKind.Lz4Block, $"block of {block.Length} bytes into {room} behind {history}", block)
        {
            Room = room,
            History = history,
            Variant = (int)(item % int.MaxValue),
        };
    }
}
