using System.Buffers.Binary;
using System.Globalization;
using IndicatorCore.Fuzz.Layout;
using IndicatorCore.Fuzz.Seeds;

namespace IndicatorCore.Fuzz.Mutation;

/// <summary>A seed with some of its numbers changed, and perhaps its messages rearranged.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Edits">What is changed.</param>
/// <param name="Messages">What is rearranged.</param>
/// <param name="Message">Which message, modulo how many there are.</param>
internal sealed record StructureChange(Seed Seed, Edit[] Edits, MessageChange Messages, int Message)
{
    /// <summary>The changed input.</summary>
    public byte[] Apply()
    {
        byte[] bytes = [.. Seed.Bytes];
        foreach (var edit in Edits)
        {
            Apply(edit, bytes);
        }

        return Seed.IsFile || Messages == MessageChange.None ? bytes : Rearranged(bytes);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seed}: {string.Join(", ", Edits.Select(Describe))}; {Messages} {Message}");

    private static long Read(ReadOnlySpan<byte> bytes, Site site)
    {
        var at = bytes[site.Position..];
        return site.Width switch
        {
            1 => (sbyte)at[0],
            2 => BinaryPrimitives.ReadInt16LittleEndian(at),
            4 => BinaryPrimitives.ReadInt32LittleEndian(at),
            _ => BinaryPrimitives.ReadInt64LittleEndian(at),
        };
    }

    private Site SiteOf(Edit edit) => Seed.Sites[edit.Site % Seed.Sites.Length];

    private string Describe(Edit edit) => $"{SiteOf(edit).What} at {SiteOf(edit).Position} {edit.Way} {edit.Operand}";

    private void Apply(Edit edit, byte[] bytes)
    {
        var site = SiteOf(edit);
        var value = Read(bytes, site);
        var bits = 8 * site.Width;
        value = edit.Way switch
        {
            EditWay.Add => unchecked(value + edit.Operand),
            EditWay.Scale => (edit.Operand & 3) switch { 0 => unchecked(value * 2), 1 => value / 2, 2 => unchecked(-value), _ => ~value },
            EditWay.Border => (Math.Abs(edit.Operand) % 6) switch
            {
                0 => 0,
                1 => 1,
                2 => -1,
                3 => long.MinValue >> (64 - bits),
                4 => long.MaxValue >> (64 - bits),
                _ => 1L << ((int)(edit.Operand & 63) % bits),
            },
            EditWay.NearLength => bytes.Length + edit.Operand,
            EditWay.Borrow => Read(bytes, Seed.Sites[(int)((ulong)edit.Operand % (ulong)Seed.Sites.Length)]),
            _ => unchecked((long)((ulong)edit.Operand * 0x9E3779B97F4A7C15)),
        };
        Span<byte> wide = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(wide, value);
        wide[..site.Width].CopyTo(bytes.AsSpan(site.Position));
    }

    private byte[] Rearranged(byte[] bytes)
    {
        List<(int Start, int Length)> messages = [.. Seed.Map!.Messages];
        var chosen = Message % messages.Count;
        switch (Messages)
        {
            case MessageChange.Drop:
                messages.RemoveAt(chosen);
                break;
            case MessageChange.Repeat:
                messages.Insert(chosen, messages[chosen]);
                break;
            case MessageChange.Swap when chosen + 1 < messages.Count:
                (messages[chosen], messages[chosen + 1]) = (messages[chosen + 1], messages[chosen]);
                break;
            default:
                messages.Add(messages[0]);
                break;
        }

        var end = Seed.Map.Messages[^1];
        return [.. messages.SelectMany(message => bytes.AsSpan(message.Start, message.Length).ToArray()), .. bytes[(end.Start + end.Length)..]];
    }
}
