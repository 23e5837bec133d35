using IndicatorCore.Errors;
using IndicatorCore.Fuzz.Campaigns;
using IndicatorCore.Fuzz.Guards;
using IndicatorCore.Fuzz.Oracles;

namespace IndicatorCore.Fuzz.Subjects;

/// <summary>Breaks each property once: a harness that does not notice is worth nothing.</summary>
internal static class PlantedDefect
{
    private static int s_depth;

    /// <summary>Does what the input's first byte says.</summary>
    public static Verdict Judge(FuzzInput input)
    {
        switch (input.Bytes[0])
        {
            case 1:
                return new Verdict(DataFault.Malformed, input.Bytes[input.Bytes.Length] == 0);
            case 2:
                throw new FuzzFailureException("A planted disagreement");
            case 3:
                var hoard = new List<byte[]>();
                for (var i = 0; i < 96; i++)
                {
                    hoard.Add(new byte[1 << 20]);
                }

                return new Verdict(DataFault.Malformed, hoard.Count > 1000);
            case 4:
                Thread.Sleep(Timeout.Infinite);
                break;
            case 5:
                return Recurse(input);
            case 6:
                using (var input64 = new GuardedMemory(64))
                {
                    ReadBehind(input64);
                }

                break;
            default:
                break;
        }

        return Verdict.Accepted(isIdentical: true);
    }

    private static Verdict Recurse(FuzzInput input) => ++s_depth > 0 ? Recurse(input with { Variant = s_depth }) with { IsIdentical = s_depth > 5 } : default;

    private static unsafe void ReadBehind(GuardedMemory memory)
    {
        fixed (byte* last = memory.AtEnd(1).Span)
        {
            s_depth += last[Environment.SystemPageSize - 1];
        }
    }
}
