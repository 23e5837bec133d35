using IndicatorCore.Errors;
using IndicatorCore.Registry;

namespace IndicatorCore.Programmes.Codes;

/// <summary>Looks for industries of no list in a registry; none of them stops a run.</summary>
public static class IndustryFindings
{
    private static readonly HashSet<string> s_known =
        [.. new[] { IndustryList.National, IndustryList.Liaoning, IndustryList.Tianjin, IndustryList.Guangdong }.SelectMany(IndustryCodes.Of)];

    /// <summary>The findings, ordered by row; empty when there are none.</summary>
    /// <param name="registry">The registry to judge.</param>
    public static IReadOnlyList<RegistryFinding> Of(IndicatorRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var findings = new List<RegistryFinding>();
        for (var i = 0; i < registry.Factories.Count; i++)
        {
            var row = registry.Factories[i];
            if (row.Industry is { } industry && !s_known.Contains(PrintedText.Normal(industry)) && !IsDivision(industry))
            {
                var near = NearestName.Among(PrintedText.Normal(industry), s_known);
                findings.Add(new(
                    FindingSeverity.Warning, FindingKind.UnknownReference, "factories", i, "industry", row.Factory,
                    $"\"{industry}\" of {row.Factory} is an industry of no programme.",
                    near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"Use one of {string.Join('、', IndustryCodes.Of(IndustryList.National))}, or the list of your programme."));
            }
        }

        return findings;
    }

    // 国民经济行业大类 (GB/T 4754): two digits, their section's letter before them or not
    private static bool IsDivision(string text) =>
        text.Length is 2 or 3 && text.AsSpan(text.Length - 2) is var digits && char.IsAsciiDigit(digits[0]) && char.IsAsciiDigit(digits[1]) && digits is not "00"
        && (text.Length == 2 || text[0] is >= 'A' and <= 'T');
}
