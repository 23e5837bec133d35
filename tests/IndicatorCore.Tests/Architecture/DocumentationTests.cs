using System.Text.RegularExpressions;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Architecture;

public sealed partial class DocumentationTests
{
    private static readonly string[] s_folders = ["", "docs", "docs/adr", "data"];

    public static TheoryData<string> Pages() =>
        [.. s_folders.SelectMany(static folder => Directory.GetFiles(Path.Combine(Shared.Repository, folder), "*.md"))
            .Select(static path => Path.GetRelativePath(Shared.Repository, path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_page_of_indicators_is_the_catalogue() =>
        CommittedText.Check(Path.Combine(Shared.Repository, "docs", "indicators.md"), IndicatorsPage.Text(), "UPDATE_DOCS");

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_somewhere(string page)
    {
        var text = File.ReadAllText(Path.Combine(Shared.Repository, page));
        var folder = Path.GetDirectoryName(Path.Combine(Shared.Repository, page))!;
        foreach (Match link in Link().Matches(text))
        {
            var target = link.Groups[1].Value.Split('#')[0];
            Assert.True(
                target.Length == 0 || target.Contains("://", StringComparison.Ordinal) || Path.Exists(Path.Combine(folder, target)),
                $"{page} links to {target}, which is not there");
        }
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
