namespace IndicatorCore.Fuzz.Mutation;

/// <summary>The thirteen changes of one byte: each bit flipped, and the values 00, 01, 7F, 80 and FF.</summary>
internal static class ByteChange
{
    /// <summary>How many there are a byte.</summary>
    public const int PerByte = 13;

    private static ReadOnlySpan<byte> Values => [0x00, 0x01, 0x7F, 0x80, 0xFF];

    /// <summary>Change number <paramref name="change"/>: byte <c>change / 13</c>, in way <c>change % 13</c>.</summary>
    public static byte[] Apply(byte[] bytes, int change)
    {
        byte[] changed = [.. bytes];
        var way = change % PerByte;
        ref var target = ref changed[change / PerByte];
        target = way < 8 ? (byte)(target ^ (1 << way)) : Values[way - 8];
        return changed;
    }

    /// <summary>What was changed, for messages.</summary>
    public static string Describe(int change)
    {
        var way = change % PerByte;
        return way < 8 ? $"bit {way} of byte {change / PerByte} flipped" : $"byte {change / PerByte} set to {Values[way - 8]:X2}";
    }
}
