using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Programmes.Codes;
using IndicatorCore.Registry;

namespace IndicatorCore.Programmes.Filling;

/// <summary>Fills fields by rule.</summary>
internal sealed class DerivedFields(FigureDesk figures, FormFindings findings, FactoryFacts facts)
{
    private const string Benchmark = "标杆工厂";

    /// <summary>The units that apply for a park: the lead unit, then its partners, each once.</summary>
    public static IReadOnlyList<string> Applicants(FormSubject park) =>
    [
        .. new[] { park.Text("牵头单位-单位名称", "牵头单位"), park.Text("联合单位-单位名称", "联合单位") }.OfType<string>()
            .SelectMany(static units => units.Split([';', '；', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct(),
    ];

    /// <summary>The content of a derived field.</summary>
    public FilledCell Fill(ProgrammeField field, FormSubject subject, int ordinal, string? milestone) => field.Rule switch
    {
        DerivedRule.Ordinal => new() { Text = ordinal.ToString(), Number = ordinal, Format = FieldFormat.Count },
        DerivedRule.Scenarios => Boxes(field, Scenarios(subject).Select(static scenario => scenario.Name)),
        DerivedRule.ScenarioNames => Names(subject),
        DerivedRule.Systems => Systems(field, subject),
        DerivedRule.OtherSystems => new() { Text = string.Join('、', Systems(subject).Where(system => !field.Options.Contains(system.Code)).Select(static system => system.Name)) },
        DerivedRule.Marks => Boxes(field, field.Options.Where(option => IsMarked(subject, option))),
        DerivedRule.MarkCount => new() { Text = $"{field.Options.Count(option => IsMarked(subject, option))}/{field.Options.Count}" },
        DerivedRule.Declared => Declared(field, subject, milestone),
        DerivedRule.Verdict => new() { Text = figures.Verdict(field.Indicators[0], subject) ?? string.Empty },
        DerivedRule.Extent => new() { Text = $"产线 {subject.Factories.Sum(Lines)} 条，车间 {subject.Factories.Sum(Workshops)} 个" },
        DerivedRule.ClassCheck => new() { Text = ClassProblem(subject) is null ? "符合" : "待核" },
        DerivedRule.FiveScenarios => FiveScenarios(field, subject),
        DerivedRule.IndustryFit => Fit(subject),
        DerivedRule.NationalIndustry => National(subject),
        DerivedRule.ParkFactories => new() { Text = string.Join('、', subject.Factories.Select(static factory => factory.Name ?? factory.Factory)) },
        DerivedRule.ParkFactoryCount => new() { Text = subject.Factories.Count.ToString(), Number = subject.Factories.Count, Format = FieldFormat.Count },
        DerivedRule.PointsEntered => Points(field, subject),
        DerivedRule.Applicants => new() { Text = string.Join('、', Applicants(subject)) },
        DerivedRule.EnterpriseCount => Count(subject.Factories.Select(static factory => factory.Enterprise ?? factory.Factory)),
        DerivedRule.ListedCount => Count(subject.Factories.Where(static factory => FormSubject.Of(factory).Text(CountTable.Year) is not null).Select(static factory => factory.Factory)),
        DerivedRule.BenchmarkCount => Count(subject.Factories.Where(factory => IsMarked(FormSubject.Of(factory), Benchmark)).Select(static factory => factory.Factory)),
        DerivedRule.IndustryCount => Count(subject.Factories.Select(static factory => factory.Industry).OfType<string>()),
        DerivedRule.ScenarioCount => Count(
            Scenarios(subject).Where(static scenario => scenario.Decision is ScenarioDecision.Canonical or ScenarioDecision.AliasOf).Select(static scenario => scenario.Name)),
        _ => new(),
    };

    /// <summary>Why the class does not fit what the registry has of the factory, or null where it does.</summary>
    public string? ClassProblem(FormSubject subject)
    {
        var (lines, workshops) = (subject.Factories.Sum(Lines), subject.Factories.Sum(Workshops));
        return subject.Text("class") switch
        {
            "产线级" => lines == 1 ? null : $"产线级 is one line, and the registry has {lines}",
            "车间级" => workshops == 1 ? null : $"车间级 is the lines of one workshop, and the registry has {workshops} workshops",
            "工厂级" => workshops > 1 ? null : $"工厂级 is several workshops, and the registry has {workshops}",
            null => "the class is missing",
            var other => $"\"{other}\" is no class",
        };
    }

    /// <summary>Whether the registry marks a heading with yes.</summary>
    public bool IsMarked(FormSubject subject, string heading)
    {
        if (subject.Text(heading) is not { } text)
        {
            return false;
        }

        try
        {
            return PrintedText.Mark(heading, text) ?? false;
        }
        catch (ConfigurationException)
        {
            findings.Add(FormSeverity.Error, subject, heading, $"\"{text}\" is neither yes nor no", "Use 1 or 0, true or false, 是 or 否 in the registry.");
            return false;
        }
    }

    private static FilledCell Count(IEnumerable<string> names)
    {
        var count = names.Distinct().Count();
        return new() { Text = count.ToString(), Number = count, Format = FieldFormat.Count };
    }

    private int Lines(FactoryRecord factory) => facts.Lines(factory.Factory).Count;

    private int Workshops(FactoryRecord factory) => facts.Workshops(factory.Factory);

    private List<(ScenarioDecision Decision, string Name)> Scenarios(FormSubject subject) =>
        [.. subject.Factories.SelectMany(factory => facts.Scenarios(factory.Factory)).Distinct()];

    private List<(string Code, string Name)> Systems(FormSubject subject) => [.. subject.Factories.SelectMany(factory => facts.Systems(factory.Factory))];

    private static FilledCell Boxes(ProgrammeField field, IEnumerable<string> chosen)
    {
        var set = chosen.ToHashSet();
        return new() { Format = FieldFormat.Choice, Options = FieldDesk.Boxes(field, set), Text = FieldDesk.BoxText(field, set, []) };
    }

    private FilledCell Systems(ProgrammeField field, FormSubject subject)
    {
        var systems = Systems(subject);
        var others = systems.Where(system => !field.Options.Contains(system.Code)).Select(static system => system.Name).ToList();
        var chosen = systems.Select(static system => system.Code).Concat(others.Count > 0 ? ["其他"] : []).ToHashSet();
        return new() { Format = FieldFormat.Choice, Options = FieldDesk.Boxes(field, chosen), Text = FieldDesk.BoxText(field, chosen, others) };
    }

    private FilledCell Names(FormSubject subject)
    {
        var declared = Scenarios(subject).Where(static scenario => scenario.Decision is ScenarioDecision.Canonical or ScenarioDecision.AliasOf)
            .Select(static scenario => scenario.Name).ToHashSet();
        return new() { Text = string.Join('、', ScenarioNames.Canonical.Where(declared.Contains)) };
    }

    private FilledCell Declared(ProgrammeField field, FormSubject subject, string? milestone) =>
        new() { Text = figures.Declared(field.Indicators[0], subject, milestone) ?? string.Empty };

    private FilledCell FiveScenarios(ProgrammeField field, FormSubject subject)
    {
        if (figures.Row(field, subject) is not { Value: { } value } row)
        {
            return new() { Text = "待核" };
        }

        return new() { Text = value >= 1 ? "符合" : "不符合", Trace = figures.Trace(row, subject) };
    }

    private FilledCell Fit(FormSubject subject)
    {
        var recommended = IndustryCodes.Recommended(subject.Text("industry") ?? string.Empty);
        var declared = Scenarios(subject).Select(static scenario => scenario.Name).ToHashSet();
        var found = recommended.Where(name => declared.Contains(ScenarioNames.Decide(name).Name)).ToList();
        return recommended.Count == 0
            ? new() { Text = "—" }
            : new() { Text = $"{found.Count}/{recommended.Count}{(found.Count > 0 ? "：" : string.Empty)}{string.Join('、', found)}" };
    }

    private static FilledCell National(FormSubject subject)
    {
        var industry = subject.Text("industry");
        return industry is null || IndustryCodes.Map(industry, IndustryList.National) is not { } mapped
            ? new() { Text = industry is null ? string.Empty : "其他" }
            : new()
            {
                Text = mapped.Relation switch
                {
                    IndustryRelation.Broader => $"{mapped.Name}（{industry}范围更广）",
                    IndustryRelation.Narrower => $"{mapped.Name}（{industry}为其一部分）",
                    _ => mapped.Name,
                },
            };
    }

    private FilledCell Points(ProgrammeField field, FormSubject subject)
    {
        var entered = figures.Last(field.Indicators[0], subject);
        var partial = figures.Last(field.Indicators[^1], subject);
        return entered?.Value is not { } count || partial?.Value is not { } sum
            ? new() { Text = "0/25 项" }
            : new()
            {
                Text = $"{PrintedFigure.Plain(count)}/{entered.Denominator} 项，合计 {PrintedFigure.Plain(sum)} 分" + (entered.Flags.HasFlag(ResultFlags.Review) ? "（未填报完，不是总分）" : string.Empty),
                Trace = figures.Trace(partial, subject),
            };
    }
}
