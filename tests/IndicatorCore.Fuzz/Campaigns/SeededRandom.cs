namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>Draws that depend on a seed and an index alone, and cost nothing to start.</summary>
internal sealed class SeededRandom(ulong seed, long index)
{
    private readonly ulong _state = Mix.Of(seed, (ulong)index);
    private ulong _drawn;

    /// <summary>Any number.</summary>
    public ulong Next() => Mix.Of(_state, _drawn++);

    /// <summary>From 0 to <paramref name="limit"/> - 1.</summary>
    public int Next(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>Any byte.</summary>
    public byte Byte() => (byte)Next();
}
