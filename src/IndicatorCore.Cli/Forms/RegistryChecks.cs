using IndicatorCore.Programmes.Codes;
using IndicatorCore.Registry;

namespace IndicatorCore.Cli.Forms;

/// <summary>The checks of a registry that know the programmes. A class of its own, so that only who asks for them loads these.</summary>
internal static class RegistryChecks
{
    /// <summary>The findings.</summary>
    public static IReadOnlyList<RegistryFinding> Of(IndicatorRegistry registry) => IndustryFindings.Of(registry);
}
