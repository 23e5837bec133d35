using System.Text.RegularExpressions;
using IndicatorCore.Programmes;
using IndicatorCore.Programmes.Codes;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Programmes;

/// <summary>Every official heading against the text of the notices: without markup and blanks, a run of underscores being one blank field.</summary>
public sealed partial class OfficialHeadingTests
{
    [SkippableFact]
    public void Liaonings_application_is_headed_as_printed()
    {
        var words = Words("000_bc94bb86e9bbd52f.txt");
        var programme = ProgrammeCatalog.Find("liaoning-2024");
        var official = programme.Sections.Where(static section => section.Rows == SectionRows.None).SelectMany(Headings).Append(programme.Title);
        Assert.Empty(official.Select(Plain).Except(words));
        Assert.Contains("项目实施前与实施后效果比较", Text("000_bc94bb86e9bbd52f.txt"), StringComparison.Ordinal);
        Assert.Contains("3.试点示范项目推荐汇总表", Text("000_bc94bb86e9bbd52f.txt"), StringComparison.Ordinal);
        Assert.Empty(programme.Sections.SelectMany(static section => section.Fields).SelectMany(static field => field.Options).Where(option => option != "其他").Except(words));
        foreach (var industry in IndustryCodes.Of(IndustryList.Liaoning))
        {
            Assert.Contains($"{industry}。", Text("000_bc94bb86e9bbd52f.txt"), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void Tianjins_application_is_headed_and_boxed_as_printed()
    {
        var words = Words("002_e7b42a111606fed3.txt");
        var programme = ProgrammeCatalog.Find("tianjin-2023");
        var sections = programme.Sections.Where(static section => section.Lines.Count == 0 && !section.Heading.StartsWith("佐证", StringComparison.Ordinal)).ToList();
        var groups = sections.SelectMany(static section => section.Fields).Select(static field => field.Group).OfType<string>();
        var fields = sections.SelectMany(static section => section.Fields)
            .Select(static field => field.Unit is null ? field.Heading : $"{field.Heading}_{field.Unit}");
        var boxes = sections.SelectMany(static section => section.Fields).SelectMany(static field => field.Options);
        var unknown = sections.Select(static section => section.Heading).Concat(groups).Concat(fields).Concat(boxes).Append(programme.Title).Select(Plain).Except(words).ToList();
        Assert.Empty(unknown);
    }

    [SkippableFact]
    public void The_zone_table_is_the_printed_one_cell_by_cell()
    {
        var text = Raw("003_de54f531925cb4a4.txt");
        var table = text[(text.LastIndexOf("培育要素指标", StringComparison.Ordinal) + "培育要素指标".Length)..];
        var printed = table.Split('\t').Select(Plain).Where(static cell => cell.Length > 0).ToList();
        var section = ProgrammeCatalog.Find("liaoning-zone").Sections[0];
        var ours = section.Columns.Take(4).Concat(section.Lines.SelectMany(static line => line.Labels)).Select(Plain).Where(static cell => cell.Length > 0).ToList();

        // the last cell of a row and the first of the next one stand without a tab between them
        Assert.Equal(string.Join('|', ours).Replace("|", string.Empty, StringComparison.Ordinal), string.Concat(printed));
        Assert.All(ours.Where(static cell => !Digits().IsMatch(cell)), cell => Assert.Contains(cell, text.Split('\t').SelectMany(static part => part.Split("\n\n")).Select(Plain)));
        Assert.Equal((25, 100), (section.Lines.Count, section.Lines.Sum(static line => int.Parse(line.Labels[3]))));
    }

    [SkippableFact]
    public void Guangdongs_plan_is_headed_as_printed()
    {
        var words = Words("004_4a51b5e319300b2e.txt");
        var programme = ProgrammeCatalog.Find("guangdong-park");
        var official = programme.Sections.Take(3).SelectMany(Headings).Append(programme.Sections[3].Heading).Append(programme.Title)
            .Select(static heading => Plain(heading).TrimEnd(':', '：'));
        Assert.Empty(official.Except(words.Select(static word => word.TrimEnd(':', '：'))));
        var text = Text("004_4a51b5e319300b2e.txt");
        Assert.All(
            ["经营发展情况", "能力情况", "性能指标", "量化指标", "覆盖面积", "容量", "长连接", "并发数", "带宽", "时延", "可靠性"],
            heading => Assert.Contains(heading, text, StringComparison.Ordinal));

        // annex 1, and the aims of the trial
        var list = programme.Sections.Single(static section => section.Rows == SectionRows.Parks);
        Assert.Equal("属地|园区名称|申报单位", string.Join('|', list.Fields.Select(static field => field.Heading)));
        Assert.Contains("属地园区名称申报单位", text, StringComparison.Ordinal);
        Assert.Contains($"第一批{Plain(list.Heading)}", text, StringComparison.Ordinal);
        var printed = Raw("004_4a51b5e319300b2e.txt").Split('\n').Where(static line => line.Contains("应用示范园区\t", StringComparison.Ordinal)).Select(static line => line.Split('\t')).ToList();
        Assert.Equal(["佛山 1", "广州 2", "惠州 2", "深圳 1", "湛江 1", "珠海 1"], printed.GroupBy(static line => line[0]).Select(static city => $"{city.Key} {city.Count()}").Order(StringComparer.Ordinal));
        Assert.Contains("覆盖10个制造业，形成10大可复制、可推广的典型工业应用场景", text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void National_titles_elements_and_industries_are_as_printed()
    {
        var text = Text("001_876a8cafc9302924.txt");
        var words = Words("001_876a8cafc9302924.txt");
        Assert.Contains(Plain(ProgrammeCatalog.Find("national-2024").Title), words);
        Assert.Contains("推荐单位:", words);
        Assert.Contains("推动万家企业开展5G全连接工厂建设，建成1000个分类分级、特色鲜明的工厂，打造100个标杆工厂", text, StringComparison.Ordinal);
        Assert.Contains(ProgrammeCatalog.Find("national-library").Title, text, StringComparison.Ordinal);
        foreach (var (element, i) in ConstructionElements.All.Select(static (element, i) => (element, i + 1)))
        {
            Assert.Contains($"{i}.{element}。", text, StringComparison.Ordinal);
        }

        Assert.All(ConstructionElements.Groups, group => Assert.Matches($"[）)]{group.Key}", text));
        foreach (var industry in IndustryCodes.Of(IndustryList.National))
        {
            Assert.Matches($@"\d\d{industry}", text);
            foreach (var scenario in IndustryCodes.Recommended(industry))
            {
                Assert.Contains(scenario, text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_wrong_character_is_noticed() => Assert.NotEqual(Plain("5G 室外站___个"), Plain("5G 室外站__台"));

    private static IEnumerable<string> Headings(ProgrammeSection section) =>
        section.Fields.Select(static field => field.Heading).Concat(section.Fields.Select(static field => field.Group).OfType<string>()).Append(section.Heading);

    // what stands alone in a document: cells, lines, words between blanks, boxes and commas
    private static HashSet<string> Words(string name)
    {
        var text = Markup().Replace(Raw(name), "\t");
        var words = new HashSet<string>();
        foreach (var cell in text.Split('\t'))
        {
            words.Add(Plain(cell));
            foreach (var line in cell.Split('\n'))
            {
                words.Add(Plain(line));
                words.Add(Plain(line).TrimEnd('_', '：', ':'));
                words.Add(Plain(line.Split('（')[0]));   // a remark in brackets behind a heading
                words.Add(Plain(line.Split('：')[0]));
                words.UnionWith(line.Split(' ').Select(static word => Plain(word).TrimEnd(':')));
                foreach (var word in line.Split(['，', '(', '□', ' ', '\u3000'], StringSplitOptions.RemoveEmptyEntries))
                {
                    words.Add(Plain(word));
                    words.Add(Plain(word).TrimEnd('_'));
                }

                foreach (var phrase in line.Split('，', '□'))
                {
                    words.Add(Plain(phrase));
                }
            }
        }

        // headings over two paragraphs of one cell
        foreach (Match pair in Pairs().Matches(text))
        {
            words.Add(Plain(pair.Value));
        }

        return words;
    }

    private static string Text(string name) => Plain(Markup().Replace(Raw(name), string.Empty));

    private static string Raw(string name) => File.ReadAllText(Shared.Require("documents", name)).Replace("\r", string.Empty, StringComparison.Ordinal);

    private static string Plain(string text) => Blank().Replace(string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter))), "_");

    [GeneratedRegex("<[^>\n]*>")]
    private static partial Regex Markup();

    [GeneratedRegex("_+")]
    private static partial Regex Blank();

    [GeneratedRegex(@"^\d+$")]
    private static partial Regex Digits();

    [GeneratedRegex(@"[^\n]+\n[^\n]+")]
    private static partial Regex Pairs();
}
