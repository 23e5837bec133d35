using IndicatorCore.Errors;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators.Declared;

/// <summary>Looks for declared figures that can be held against nothing; none of them stops a run.</summary>
public static class DeclaredFindings
{
    private const string Table = "declared";

    /// <summary>The findings, ordered by row; empty when there are none.</summary>
    /// <param name="registry">The registry to judge.</param>
    public static IReadOnlyList<RegistryFinding> Of(IndicatorRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var findings = new List<RegistryFinding>();
        for (var i = 0; i < registry.Declared.Count; i++)
        {
            if (Of(registry.Declared[i], i) is { } finding)
            {
                findings.Add(finding);
            }
        }

        return findings;
    }

    private static RegistryFinding? Of(DeclaredRecord record, int row)
    {
        var name = record.Indicator.Split('@')[0];   // behind it the milestone of a plan
        if (DeclaredNames.Find(name) is not { } id)
        {
            var near = NearestName.Among(name, DeclaredNames.All);
            return new(
                FindingSeverity.Warning, FindingKind.UnknownReference, Table, row, "indicator", record.Factory,
                $"{record.Factory} declares {record.Indicator}, which no indicator measures.",
                near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : "See 'indicators catalog'; what is only declared can stay.");
        }

        var text = DeclaredText.Parse(record.Text);
        if (!text.IsParsed)
        {
            return new(
                FindingSeverity.Warning, FindingKind.Malformed, Table, row, "text", record.Factory,
                record.Text.Length == 0 ? $"{record.Factory} declares nothing for {record.Indicator}." : $"\"{record.Text}\" of {record.Factory} is no figure that can be read.",
                "Such as 95%, 95%以上, 约9% or 12台.");
        }

        return DeclaredCheck.Obstacle(text, id) is { } obstacle
            ? new(
                FindingSeverity.Warning, FindingKind.Contradiction, Table, row, "text", record.Factory,
                $"\"{record.Text}\" of {record.Factory} does not go with {record.Indicator}, which is measured in {IndicatorCatalog.Find(id)!.Unit}.",
                obstacle == DeclaredObstacle.ChangeOfLevel ? "Declare the level, not its rise or fall." : "Write it with the unit; of ratios with %.")
            : null;
    }
}
