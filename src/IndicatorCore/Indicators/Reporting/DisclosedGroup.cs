using System.Numerics;

namespace IndicatorCore.Indicators.Reporting;

/// <summary>One group's figure as disclosure control sees it: who contributes how much to its denominator.</summary>
/// <param name="level">The place of its level among the levels.</param>
/// <param name="name">Its keys and values as text.</param>
internal sealed class DisclosedGroup(int level, string name)
{
    private readonly Dictionary<string, BigInteger> _enterprises = [];
    private readonly Dictionary<string, BigInteger> _places = [];

    /// <summary>The place of its level among the levels.</summary>
    public int Level { get; } = level;

    /// <summary>Its keys and values as text.</summary>
    public string Name { get; } = name;

    /// <summary>The whole denominator.</summary>
    public BigInteger Total { get; private set; }

    /// <summary>The weight of each place in it; none is zero.</summary>
    public IReadOnlyDictionary<string, BigInteger> Places => _places;

    /// <summary>Whether the group must not be shown.</summary>
    public bool IsSuppressed { get; set; }

    /// <summary>Adds a share.</summary>
    public void Add(in DisclosureShare share)
    {
        if (share.Weight.Sign <= 0)
        {
            return;
        }

        var enterprise = share.Enterprise is null ? string.Empty : $"={share.Enterprise}";
        _enterprises[enterprise] = _enterprises.GetValueOrDefault(enterprise) + share.Weight;
        _places[share.Place] = _places.GetValueOrDefault(share.Place) + share.Weight;
        Total += share.Weight;
    }

    /// <summary>Whether too few enterprises contribute, or one dominates; judged exactly.</summary>
    /// <param name="leastEnterprises">How many must contribute.</param>
    /// <param name="mostPercent">The percentage of the denominator above which one dominates.</param>
    public bool Discloses(int leastEnterprises, int mostPercent) =>
        _enterprises.Count < leastEnterprises || _enterprises.Values.Any(weight => weight * 100 > Total * mostPercent);
}
