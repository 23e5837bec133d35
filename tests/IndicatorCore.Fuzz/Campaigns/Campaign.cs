namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>A numbered set of inputs: the same name, seed and index give the same input on every machine.</summary>
internal abstract class Campaign
{
    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>How many different inputs there are; <see cref="long.MaxValue"/> where they are drawn.</summary>
    public abstract long Available { get; }

    /// <summary>This campaign's share when all run, in parts of a thousand.</summary>
    public abstract int Share { get; }

    /// <summary>Why the campaign, or a part of it, cannot run here; or null.</summary>
    public virtual string? Absent => null;

    /// <summary>The input with number <paramref name="item"/> of <see cref="Available"/>.</summary>
    /// <param name="item">From 0.</param>
    /// <param name="seed">The seed of the whole run.</param>
    public abstract FuzzInput Make(long item, ulong seed);

    /// <summary>The input at <paramref name="index"/> when only <paramref name="wanted"/> of all are tried: spread evenly, drawn within each stretch.</summary>
    public FuzzInput Choose(long index, long wanted, ulong seed)
    {
        if (Available == long.MaxValue || wanted >= Available)
        {
            return Make(index, seed);
        }

        var from = (long)((Int128)index * Available / wanted);
        var to = (long)((Int128)(index + 1) * Available / wanted);
        return Make(from + (long)(Mix.Of(seed, (ulong)index) % (ulong)(to - from)), seed);
    }
}
