using System.Text;
using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Architecture;

/// <summary>docs/indicators.md, made from the catalogue.</summary>
internal static class IndicatorsPage
{
    public static string Text()
    {
        var text = new StringBuilder("""
            # Indicators

            Made from the catalogue; do not edit it. `UPDATE_DOCS=1 dotnet test -c Release --filter DocumentationTests` rewrites it, and
            `indicators catalog` shows the same. Thresholds and floors are those of the definition profile `cn-nr-a`; see
            [data/profiles/README.md](../data/profiles/README.md).

            | id | name | 名称 | unit |
            |---|---|---|---|

            """.Replace("\r\n", "\n", StringComparison.Ordinal));
        foreach (var indicator in IndicatorCatalog.All)
        {
            text.Append($"| [`{indicator.Id}`](#{indicator.Id}) | {indicator.EnglishName} | {indicator.ChineseName} | {indicator.Unit} |\n");
        }

        foreach (var indicator in IndicatorCatalog.All)
        {
            text.Append($"\n## {indicator.Id}\n\n{indicator.EnglishName}, {indicator.ChineseName}. Definition `{indicator.Definition}`, unit {indicator.Unit}.\n\n");
            Line(text, "Formula", indicator.Formula);
            Line(text, "Columns", string.Join(" | ", indicator.Needs));
            Line(text, "State", indicator.State);
            Line(text, "Coarser levels", indicator.Weights);
            Line(text, "Publication", indicator.PublicationRule);
            if (indicator.Parts.Count > 0)
            {
                Line(text, "Rows of its own", string.Join(", ", indicator.Parts.Select(static part => $"`{part}`")));
            }

            Line(text, "Sources", string.Join("; ", indicator.Sources));
        }

        text.Append("\n## Why a figure is missing\n\n`SUPPRESSED` and `NOT_AVAILABLE` rows carry one of these reasons: ")
            .AppendJoin(", ", Enum.GetValues<ResultReason>().Select(static reason => $"`{ResultNames.Of(reason)}`"))
            .Append(".\n\nA figure that is shown may carry flags: ")
            .AppendJoin(", ", Enum.GetValues<ResultFlags>().Where(static flag => flag != ResultFlags.None).SelectMany(ResultNames.Of).Select(static flag => $"`{flag}`"))
            .Append(".\n");
        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, string value) =>
        text.Append($"* **{name}**: {value}\n");
}
