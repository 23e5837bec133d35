using System.Numerics;

namespace IndicatorCore.Generation.Expectations;

/// <summary>
/// "suppress if fewer than 3 enterprises contribute or one contributes more than 85 % of the denominator" (10.1); only without grouping
/// here, and not under test-no-floor.
/// </summary>
internal static class Disclosure
{
    public static bool Suppresses(Scope scope, bool floors, IEnumerable<KeyValuePair<string, BigInteger>> contributions)
    {
        if (!scope.IsDisclosed || !floors)
        {
            return false;
        }

        var byEnterprise = new Dictionary<string, BigInteger>();
        foreach (var (enterprise, amount) in contributions)
        {
            byEnterprise[enterprise] = byEnterprise.GetValueOrDefault(enterprise) + amount;
        }

        var positive = byEnterprise.Values.Where(static amount => amount.Sign > 0).ToList();
        var total = positive.Aggregate(BigInteger.Zero, static (sum, amount) => sum + amount);
        return positive.Count < 3 || positive.Max() * 100 > total * 85;
    }
}
