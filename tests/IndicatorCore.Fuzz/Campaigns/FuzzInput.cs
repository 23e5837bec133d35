using IndicatorCore.Fuzz.Seeds;

namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>One input of a campaign.</summary>
/// <param name="Kind">What it is given to.</param>
/// <param name="What">Where it comes from and how it was changed, for messages.</param>
/// <param name="Bytes">The input.</param>
internal sealed record FuzzInput(InputKind Kind, string What, byte[] Bytes)
{
    /// <summary>The good input that it was made from, or null.</summary>
    public Seed? Seed { get; init; }

    /// <summary>For LZ4: the room for the decoded bytes.</summary>
    public int Room { get; init; }

    /// <summary>For LZ4: how many bytes precede the output as history.</summary>
    public int History { get; init; }

    /// <summary>Chooses among ways to read it: segment sizes, the one column of a projection, threads.</summary>
    public int Variant { get; init; }

    /// <summary>Whether the seed was cut: what is still read must be its beginning.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether it is known to be bad.</summary>
    public bool MustBeRefused { get; init; }
}
