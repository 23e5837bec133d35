using IndicatorCore.Fuzz.Seeds;

namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>Numbers the changes of several seeds through: first all of the first seed, then all of the second, and so on.</summary>
internal sealed class SeedItems
{
    private readonly Seed[] _seeds;
    private readonly long[] _ends;

    /// <summary>Numbers <paramref name="perByte"/> changes a byte.</summary>
    public SeedItems(Seed[] seeds, int perByte)
    {
        _seeds = seeds;
        _ends = new long[seeds.Length];
        for (var i = 0; i < seeds.Length; i++)
        {
            Count += (long)seeds[i].Bytes.Length * perByte;
            _ends[i] = Count;
        }
    }

    /// <summary>How many changes there are.</summary>
    public long Count { get; }

    /// <summary>The seed of a change, and which of its own changes it is.</summary>
    public (Seed Seed, int Change) this[long item]
    {
        get
        {
            var found = Array.BinarySearch(_ends, item + 1);
            var ordinal = found < 0 ? ~found : found;
            return (_seeds[ordinal], (int)(item - (ordinal == 0 ? 0 : _ends[ordinal - 1])));
        }
    }
}
