namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>Spreads numbers (the finalizer of SplitMix64), so that neighbouring indices draw unrelated inputs.</summary>
internal static class Mix
{
    public static ulong Of(ulong seed, ulong index)
    {
        var z = seed + (0x9E3779B97F4A7C15 * (index + 1));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
