namespace IndicatorCore.Generation.Simulation;

/// <summary>
/// Counter-based random numbers: the numbers of a row follow from the seed, a purpose and the row's coordinates alone, so rows can be
/// made in any order. SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
internal struct Draw
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    private Draw(ulong state) => _state = state;

    public static Draw For(ulong seed, Purpose purpose, long first, long second = 0)
    {
        var state = Mix(seed + (Golden * (ulong)purpose));
        state = Mix(state ^ ((ulong)first * 0xD1B54A32D192ED03));
        return new Draw(state ^ ((ulong)second * 0xABC98388FB8FAC03));
    }

    public ulong Next()
    {
        _state += Golden;
        return Mix(_state);
    }

    /// <summary>Uniform in [0, <paramref name="count"/>).</summary>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>True with a probability in millionths.</summary>
    public bool Chance(int perMillion) => Below(1_000_000) < perMillion;

    /// <summary>Around zero, at most <paramref name="spread"/> away; the mean of two uniform draws, so the middle is likely.</summary>
    public int Bell(int spread) => (Between(-spread, spread) + Between(-spread, spread)) / 2;

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
