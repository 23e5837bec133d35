using System.Text;
using System.Text.RegularExpressions;
using IndicatorCore.Programmes;
using IndicatorCore.Programmes.Filling;
using IndicatorCore.Programmes.Writing;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Architecture;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Programmes;

public sealed partial class FormFillerTests
{
    public static TheoryData<string> Ids() => [.. ProgrammeCatalog.All.Select(static programme => programme.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_programme_is_filled_as_it_was(string programme)
    {
        using var output = new MemoryStream();
        new FormJson().Write(SampleForms.Fill(programme), output);

        // digests cover the whole row: they change with every addition to its evidence
        var text = Digest().Replace(Encoding.UTF8.GetString(output.ToArray()), "digest");
        CommittedText.Check(Path.Combine(Shared.Repository, "tests", "IndicatorCore.Tests", "Programmes", "Goldens", $"{programme}.json"), text, "UPDATE_DOCS");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_figure_leads_to_the_row_that_it_comes_from(string programme)
    {
        var form = SampleForms.Fill(programme);
        foreach (var cell in Cells(form).Where(static cell => cell.Trace is not null))
        {
            var trace = form.Traces[cell.Trace!.Value - 1];
            Assert.Equal(cell.Trace, trace.Number);
            Assert.Matches("^[0-9a-f]{64}$", trace.RowDigest);
            Assert.Equal(form.Traces[0].InputDigest, trace.InputDigest);
            if (cell is { Format: FieldFormat.Percent, Number: { } number })
            {
                Assert.InRange(Math.Abs(number - trace.Value!.Value), 0, 0.000500001);
            }
        }
    }

    [Fact]
    public void A_figure_is_the_row_of_its_own_factory()
    {
        var form = SampleForms.Fill("liaoning-2024-summary", where: []);
        var table = Assert.Single(Assert.Single(form.Copies).Sections).Table!;
        var column = table.Headings.ToList().IndexOf("关键设备联网率");
        Assert.Equal(12, table.Rows.Count);
        foreach (var (row, factory) in table.Rows.Zip(SampleForms.Registry.Factories))
        {
            Assert.Equal($"factory={factory.Factory}", form.Traces[row[column].Trace!.Value - 1].Group);
        }
    }

    [Fact]
    public void What_is_not_published_is_never_a_number()
    {
        var form = SampleForms.Fill("liaoning-2024-summary", where: []);
        var withheld = Cells(form).Where(cell => cell.Trace is { } trace && form.Traces[trace - 1].Value is null).ToList();
        Assert.NotEmpty(withheld);
        Assert.All(withheld, static cell => Assert.Equal(("—", null), (cell.Text, cell.Number)));
        Assert.Contains(form.Findings, static finding => finding is { Severity: FormSeverity.Error, Subject: "F004", Field: "生产效率提升" });
    }

    [Fact]
    public void Coverage_by_samples_stands_in_with_its_name()
    {
        var form = SampleForms.Fill("liaoning-2024-summary", where: [new("factory", "F008")]);
        var cell = Cells(form).Single(static cell => cell.Text.Contains("按采样点", StringComparison.Ordinal));
        Assert.Null(cell.Number);
        Assert.Contains(form.Findings, static finding => finding.Problem.Contains("stands in", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2024-03-05", 0)]
    [InlineData("2024-03-06", 1)]
    public void A_deadline_lasts_until_the_end_of_its_day(string day, int findings) =>
        Assert.Equal(findings, SampleForms.Fill("liaoning-2024", day).Findings.Count(static finding => finding.Problem.Contains("deadline", StringComparison.Ordinal)));

    [Fact]
    public void Without_a_day_no_deadline_is_judged() =>
        Assert.DoesNotContain(SampleForms.Fill("liaoning-2024", day: null).Findings, static finding => finding.Problem.Contains("deadline", StringComparison.Ordinal));

    [Theory]
    [InlineData("F002", "重大事故日期", "2026-06-30", 1)]   // three years to the day
    [InlineData("F002", "重大事故日期", "2026-07-01", 0)]
    [InlineData("F002", "重大事故日期", "2023-06-30", 0)]   // the day itself lies behind the span
    [InlineData("F001", "重大事故日期", "2024-03-05", 0)]
    public void An_accident_counts_for_three_years(string factory, string field, string day, int findings) =>
        Assert.Equal(findings, Findings("liaoning-2024", factory, day).Count(finding => finding.Field == field && finding.Severity == FormSeverity.Error));

    [Fact]
    public void Money_spent_above_the_total_is_a_warning()
    {
        Assert.Contains(Findings("tianjin-2023", "F002"), static finding => finding is { Severity: FormSeverity.Warning, Field: "已投入资金（万元）" });
        Assert.DoesNotContain(Findings("tianjin-2023", "F001"), static finding => finding is { Severity: FormSeverity.Warning, Field: "已投入资金（万元）" });
    }

    [Fact]
    public void Only_completed_projects_may_be_recommended_for_the_directory()
    {
        Assert.Contains(Findings("national-2024", "F002"), static finding => finding is { Severity: FormSeverity.Error, Field: "项目阶段" });
        Assert.DoesNotContain(Findings("national-2024", "F001"), static finding => finding.Field == "项目阶段");
    }

    [Fact]
    public void Five_scenarios_are_enough_and_four_are_not()
    {
        Assert.DoesNotContain(Findings("grading", "F001"), static finding => finding is { Severity: FormSeverity.Error, Field: "应用场景" });
        Assert.Contains(Findings("grading", "F002"), static finding => finding is { Severity: FormSeverity.Error, Field: "应用场景" });
        Assert.Contains(Findings("grading", "F001"), static finding => finding.Problem.Contains("厂区智能物流 or 全域物流监测", StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_of_one_character_too_many_is_an_error()
    {
        var finding = Assert.Single(Findings("liaoning-2024", "F003"), static finding => finding.Field == "项目简述");
        Assert.Equal((FormSeverity.Error, "the text has 1001 characters, 1 more than 1000"), (finding.Severity, finding.Problem));
    }

    [Theory]
    [InlineData("一二三", 3)]
    [InlineData("a b\r\nc", 4)]
    [InlineData("𠮷野家", 3)]
    public void A_character_counts_one_and_a_line_break_none(string text, int length) => Assert.Equal(length, HeadingText.Length(text));

    [Fact]
    public void The_class_must_fit_the_lines_and_workshops()
    {
        Assert.Contains(Findings("grading", "F003"), static finding => finding is { Severity: FormSeverity.Warning, Field: "类别" });
        Assert.DoesNotContain(Findings("grading", "F001"), static finding => finding.Field == "类别");
    }

    [Fact]
    public void Revenue_of_exactly_ten_thousand_million_is_not_above_it()
    {
        // F001 has exactly 1,000,000 万元; F003 a hundred yuan more, and not all of its area covered
        Assert.DoesNotContain(Park("沈阳经济技术开发区").Findings, static finding => finding.Field == "5G网络全覆盖");
        Assert.Contains(Park("鞍山高新区").Findings, static finding => finding is { Severity: FormSeverity.Error, Field: "5G网络全覆盖" });

        static FilledForm Park(string park) => SampleForms.Fill("guangdong-park", where: [new("park", park)]);
    }

    [Fact]
    public void Points_that_are_not_all_entered_are_no_score()
    {
        var form = SampleForms.Fill("liaoning-zone");
        var total = form.Copies[0].Sections[^1].Fields;
        Assert.Equal("7/25 项，合计 32.75 分（未填报完，不是总分）", total[0].Cell.Text);
        Assert.Equal("—", total[1].Cell.Text);
        Assert.Contains(form.Findings, static finding => finding.Problem.StartsWith("points of 18 items", StringComparison.Ordinal));
    }

    [Fact]
    public void Counts_stand_beside_the_targets_of_the_notices()
    {
        var targets = SampleForms.Fill("directory").Copies[0].Sections[1].Table!.Rows.Select(static row => string.Join(' ', row.Select(static cell => cell.Text)));
        Assert.Equal(["开展5G全连接工厂建设的企业（家） 10000 11", "建成的工厂（个） 1000 3", "标杆工厂（个） 100 0"], targets);

        var park = SampleForms.Fill("guangdong-park", where: []);
        var list = park.Copies[^1];
        Assert.Equal("汇总", list.Subject);
        Assert.Contains("沈阳|沈阳经济技术开发区|沈阳装备001有限公司、辽宁联通", list.Sections[0].Table!.Rows.Select(static row => string.Join('|', row.Select(static cell => cell.Text))));
        Assert.Equal(park.Copies.Count - 1, list.Sections[0].Table!.Rows.Count);
        Assert.Equal(["10", "10"], list.Sections[1].Table!.Rows.Select(static row => row[1].Text));
    }

    [Fact]
    public void The_first_list_of_parks_is_told_from_others()
    {
        (string City, string Operator, int More)[] parks =
            [("广州", "中国移动", 0), ("广州", "中国电信", 0), ("深圳", "中国联合网络通信", 1), ("珠海", "中国联合网络通信", 0), ("佛山", "中国电信", 0), ("惠州", "中国移动", 1), ("惠州", "中国电信", 0), ("湛江", "中国联合网络通信", 0)];
        FactoryRecord Factory(int i) => new()
        {
            Factory = $"G{i}",
            Province = "广东",
            City = parks[i].City,
            Parks = [$"园区{i}"],
            Additional = new Dictionary<string, string>
            {
                ["牵头单位-单位名称"] = $"企业{i}",
                ["联合单位-单位名称"] = $"{parks[i].Operator}集团{parks[i].City}分公司{string.Concat(Enumerable.Repeat($"；伙伴{i}", parks[i].More))}",
            },
        };
        var first = new IndicatorRegistry { Factories = [.. Enumerable.Range(0, 8).Select(Factory)] };
        Assert.DoesNotContain(Findings(first), static finding => finding.Field == "申报单位");

        var found = Assert.Single(Findings(first with { Factories = [.. first.Factories.Skip(1)] }), static finding => finding.Field == "申报单位");
        Assert.Equal(FormSeverity.Notice, found.Severity);
        Assert.StartsWith("the list has 7 parks (佛山 1、广州 1、惠州 2、深圳 1、湛江 1、珠海 1), 16 applicants, operators 移动 1、电信 3、联通 3; the first list has 8", found.Problem, StringComparison.Ordinal);

        var alone = first with { Factories = [.. first.Factories.Take(7), Factory(7) with { Additional = new Dictionary<string, string> { ["牵头单位-单位名称"] = "企业7" } }] };
        Assert.Contains(Findings(alone), static finding => finding is { Severity: FormSeverity.Warning, Field: "申报单位", Subject: "园区7" });

        static IReadOnlyList<FormFinding> Findings(IndicatorRegistry registry) => SampleForms.Fill(ProgrammeCatalog.Find("guangdong-park"), registry, where: []).Findings;
    }

    [Theory]
    [InlineData("得分")]
    [InlineData("-得分")]
    public void Points_under_the_headings_of_the_notice_are_those_of_the_items(string suffix)
    {
        var lines = ProgrammeCatalog.Find("liaoning-zone").Sections[0].Lines;
        Assert.Equal(25, lines.Select(line => ZoneTable.ItemOfPoints(line.Labels[2] + suffix)).Distinct().Count());
        Assert.All(lines, line => Assert.Equal(int.Parse(line.Labels[3]), ZoneTable.ItemOfPoints(line.Labels[2] + suffix)!.Cap));

        var registry = SampleForms.Registry with
        {
            Zones = [new ZoneRecord { Zone = "铁西先导区", Population = 494_000, Additional = lines.ToDictionary(line => line.Labels[2] + suffix, static line => line.Labels[3]) }],
        };
        var form = SampleForms.Fill(ProgrammeCatalog.Find("liaoning-zone"), registry, where: SampleForms.Subject(ProgrammeCatalog.Find("liaoning-zone")));
        Assert.Equal(["25/25 项，合计 100 分", "100"], form.Copies[0].Sections[^1].Fields.Take(2).Select(static field => field.Cell.Text));
        Assert.DoesNotContain(form.Findings, static finding => finding.Field == "得分");
    }

    [Fact]
    public void Projects_listed_again_count_once_in_all()
    {
        var rows = SampleForms.Fill("directory").Copies[0].Sections[0].Table!.Rows.Select(static row => string.Join(' ', row.Select(static cell => cell.Text))).ToList();
        Assert.Equal(["2023 合计   2 2", "2024 合计   2 3"], rows.Where(static row => row.Contains("合计", StringComparison.Ordinal)));
        Assert.Contains("2024 辽宁 石化 工厂级 0 1", rows);
        Assert.Contains("2024 辽宁 装备 产线级 1 1", rows);
    }

    [Fact]
    public void Boxes_are_ticked_by_scenario_system_and_mark()
    {
        var form = SampleForms.Fill("tianjin-2023");
        Assert.Equal(["现场辅助装配", "设备协同作业"], Ticked("生产制造").Order(StringComparer.Ordinal));
        Assert.Equal(["协同研发设计", "众包设计"], Ticked("研发设计"));
        Assert.Equal(["厂区智能理货"], Ticked("仓储物流"));
        Assert.Equal(["ERP", "MES", "PLM/PDM", "其他"], Ticked("信息系统和生产系统"));
        Assert.Equal(["产线级5G全连接工厂"], Ticked("建设方向（限选1个）"));
        Assert.Equal(["装备制造"], Ticked("所属重点行业和领域"));
        Assert.Equal(4, Ticked("网络安全防护能力").Count);

        List<string> Ticked(string name) =>
        [
            .. form.Copies[0].Sections.SelectMany(static section => section.Fields).Single(field => field.Name == name).Cell.Options
                .Where(static option => option.IsChecked).Select(static option => option.Label),
        ];
    }

    [Fact]
    public void A_verdict_of_overstatement_does_not_hold()
    {
        var registry = SampleForms.Registry;
        var programme = ProgrammeCatalog.Find("monitoring");
        var plain = SampleForms.Fill(programme, registry);
        Assert.DoesNotContain(plain.Findings, static finding => finding.Field == "knr");
        var input = new FormInput { Registry = registry, Report = Reports.OfFiles(new() { Registry = registry, GroupBy = ["factory"], Select = ["knr"] }, Path.Combine(Shared.Repository, "data", "sample")) };
        var form = FormFiller.Fill(programme, input, new() { Verdicts = new Dictionary<(string, string), string> { [("F001", "knr")] = "OVERSTATED" } });
        Assert.Contains(form.Findings, static finding => finding is { Severity: FormSeverity.Warning, Subject: "F001", Field: "knr" });
        Assert.False(form.Holds);
    }

    [Fact]
    public void A_report_is_asked_for_where_figures_are() =>
        Assert.Throws<ArgumentException>(static () => FormFiller.Fill(ProgrammeCatalog.Find("grading"), new() { Registry = new IndicatorRegistry() }));

    private static IReadOnlyList<FormFinding> Findings(string programme, string factory, string? day = null) =>
        SampleForms.Fill(programme, day, [new("factory", factory)]).Findings;

    private static IEnumerable<FilledCell> Cells(FilledForm form) => form.Copies.SelectMany(static copy => copy.Sections)
        .SelectMany(static section => section.Table?.Rows.SelectMany(static row => row) ?? section.Fields.Select(static field => field.Cell));

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digest();
}
