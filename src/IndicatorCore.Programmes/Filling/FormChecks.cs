using System.Globalization;
using IndicatorCore.Errors;
using IndicatorCore.Programmes.Codes;
using IndicatorCore.Registry;

namespace IndicatorCore.Programmes.Filling;

/// <summary>What must hold before a form is handed in.</summary>
internal sealed class FormChecks(
    Programme programme, FigureDesk figures, FieldDesk fields, FormFindings findings, DateOnly? today, DateOnly? day)
{
    private const string Accident = "重大事故日期";
    private const string Dishonest = "严重失信主体";
    private const string Stage = "项目阶段";
    private const string Revenue = "年主营业务收入(万元)";
    private const double LargeRevenue = 1_000_000;   // ten thousand of 10,000,000,000 CNY
    private static readonly string[] s_dates = ["yyyy-M-d", "yyyy/M/d", "yyyyMMdd", "yyyy年M月d日"];

    /// <summary>What concerns the whole form.</summary>
    public void Whole(IReadOnlyList<FormSubject> subjects)
    {
        if (subjects.Count == 0)
        {
            var (what, table) = programme.Scope switch
            {
                ProgrammeScope.Zone => ("zone", "zones"),
                ProgrammeScope.Park => ("park (园区)", "factories"),
                _ => ("factory", "factories"),
            };
            findings.Add(FormSeverity.Error, null, programme.Id, $"the registry has no {what} that was asked for", $"Check --where and the registry's {table}.");
        }

        if (programme.Rules.Contains(ProgrammeRule.FirstParks) && subjects.Count > 1)
        {
            FirstParks(subjects);
        }

        foreach (var deadline in programme.Deadlines.Where(deadline => today > deadline.Day))
        {
            findings.Add(
                FormSeverity.Error, null, deadline.Name,
                $"the deadline {deadline.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} has passed on {today!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
                "Ask the office that receives the form.");
        }
    }

    // the counts of annex 1 of 粤工信工业互联网函〔2020〕426号 (programme-forms 1.5)
    private void FirstParks(IReadOnlyList<FormSubject> parks)
    {
        const string First = "8 parks (佛山 1、广州 2、惠州 2、湛江 1、深圳 1、珠海 1), 18 applicants, operators 移动 2、电信 3、联通 3";
        var cities = parks.GroupBy(static park => park.Text("city") ?? "未填").OrderBy(static city => city.Key, StringComparer.Ordinal)
            .Select(static city => (City: city.Key, Count: city.Count())).ToList();
        var units = parks.Select(DerivedFields.Applicants).ToList();
        int Of(string name) => units.Count(applicants => applicants.Any(unit => IsOf(unit, name)));
        var applicants = units.Sum(static one => one.Count);
        var same = parks.Count == 8 && applicants == 18 && (Of("移动"), Of("电信"), Of("联通")) == (2, 3, 3)
            && cities.ToHashSet().SetEquals([("佛山", 1), ("广州", 2), ("惠州", 2), ("湛江", 1), ("深圳", 1), ("珠海", 1)]);
        if (!same)
        {
            findings.Add(
                FormSeverity.Notice, null, "申报单位",
                $"the list has {parks.Count} parks ({string.Join('、', cities.Select(static city => $"{city.City} {city.Count}"))}), {applicants} applicants, operators 移动 {Of("移动")}、电信 {Of("电信")}、联通 {Of("联通")}; the first list has {First}",
                "Compare the list with annex 1, where it is meant to be the first one.");
        }

        foreach (var park in parks.Where(static park => DerivedFields.Applicants(park).Count < 2))
        {
            findings.Add(FormSeverity.Warning, park, "申报单位", "fewer than two units apply for the park", "Register 牵头单位-单位名称 and 联合单位-单位名称: parks are applied for jointly (联合申报).");
        }

        static bool IsOf(string unit, string name) => unit.Contains($"中国{name}", StringComparison.Ordinal) || unit.Contains($"{name}网络通信", StringComparison.Ordinal)
            || unit.EndsWith(name, StringComparison.Ordinal) || (name == "联通" && unit.Contains("中国联合网络通信", StringComparison.Ordinal));
    }

    /// <summary>What concerns one subject.</summary>
    public void One(FormSubject subject)
    {
        foreach (var (heading, first, second) in subject.Conflicts)
        {
            findings.Add(FormSeverity.Warning, subject, heading, $"the factories of the park say \"{first}\" and \"{second}\"", "Keep one in the registry.");
        }

        Industry(subject);
        foreach (var rule in programme.Rules)
        {
            Judge(rule, subject);
        }
    }

    private void Judge(ProgrammeRule rule, FormSubject subject)
    {
        switch (rule)
        {
            case ProgrammeRule.ClassInScope:
                ClassInScope(subject);
                break;
            case ProgrammeRule.InvestedWithinTotal:
                InvestedWithinTotal(subject);
                break;
            case ProgrammeRule.FiveScenarios:
                FiveScenarios(subject);
                break;
            case ProgrammeRule.ScenariosKnown:
                ScenariosKnown(subject);
                break;
            case ProgrammeRule.Completed:
                Completed(subject);
                break;
            case ProgrammeRule.StartedOrCompleted:
                if (subject.Text(Stage) is "建设前期")
                {
                    findings.Add(
                        FormSeverity.Warning, subject, Stage, "建设前期 may not be in construction yet", "The project must be in construction or completed (在建或已建成).");
                }

                break;
            case ProgrammeRule.NoAccident:
                NoAccident(subject);
                break;
            case ProgrammeRule.NotDishonest:
                NotDishonest(subject);
                break;
            case ProgrammeRule.NotOverstated:
                NotOverstated(subject);
                break;
            case ProgrammeRule.PointsComplete:
                PointsComplete(subject);
                break;
            case ProgrammeRule.FirstParks:
                break;   // of the whole
            default:
                LargeFirmsCovered(subject);
                break;
        }
    }

    private void Industry(FormSubject subject)
    {
        if (programme.Industries is not { } list || subject.Level != "factory" || subject.Text("industry") is not { } industry)
        {
            return;
        }

        switch (IndustryCodes.Map(industry, list))
        {
            case null when list is not IndustryList.Tianjin:
                findings.Add(
                    FormSeverity.Warning, subject, "行业", $"\"{industry}\" is none of the programme's industries",
                    $"They are {string.Join('、', IndustryCodes.Of(list))}.");
                break;
            case { Relation: not IndustryRelation.Exact } mapped:
                findings.Add(
                    FormSeverity.Notice, subject, "行业", $"\"{industry}\" is {(mapped.Relation == IndustryRelation.Broader ? "broader" : "narrower")} than {mapped.Name}",
                    $"Decide whether the project belongs to {mapped.Name}.");
                break;
            default:
                break;
        }
    }

    private void ClassInScope(FormSubject subject)
    {
        var derived = new DerivedFields(figures, findings, fields.Facts);
        switch (subject.Text("class"))
        {
            case null:
                findings.Add(FormSeverity.Error, subject, "类别", "the class is missing", "One of 产线级, 车间级, 工厂级 in the registry's factories.");
                break;
            case not ("产线级" or "车间级" or "工厂级") and var other:
                findings.Add(FormSeverity.Error, subject, "类别", $"\"{other}\" is no class", "One of 产线级, 车间级, 工厂级 in the registry's factories.");
                break;
            default:
                if (derived.ClassProblem(subject) is { } problem)
                {
                    findings.Add(FormSeverity.Warning, subject, "类别", problem, "Check that the project's lines are those of the registry, or its class.");
                }

                break;
        }
    }

    private void InvestedWithinTotal(FormSubject subject)
    {
        if (Amount(subject, "项目总投资额（万元）", "项目投资(万元)") is { } total && Amount(subject, "已投入资金（万元）") is { } spent && spent > total)
        {
            findings.Add(
                FormSeverity.Warning, subject, "已投入资金（万元）", $"{PrintedFigure.Plain(spent)} is above the total investment of {PrintedFigure.Plain(total)}",
                "Check both amounts; they are in 万元.");
        }
    }

    private static double? Amount(FormSubject subject, params string[] headings) =>
        subject.Text(headings) is { } text && FieldDesk.TryNumber(text, out var amount) ? amount : null;

    private void FiveScenarios(FormSubject subject)
    {
        if (figures.Last("scenario_rule_5", subject) is not { Value: { } value } row)
        {
            findings.Add(
                FormSeverity.Warning, subject, "应用场景", "no scenario is registered, and five of the twenty are needed", "Add the table scenarios to the registry.");
        }
        else if (value < 1)
        {
            findings.Add(FormSeverity.Error, subject, "应用场景", $"{row.Numerator} of the twenty scenarios are declared, and five are needed", "5个以上 includes five.");
        }
    }

    private void ScenariosKnown(FormSubject subject)
    {
        foreach (var (decision, name) in subject.Factories.SelectMany(factory => fields.Facts.Scenarios(factory.Factory)))
        {
            if (decision == ScenarioDecision.Ambiguous)
            {
                findings.Add(
                    FormSeverity.Warning, subject, "应用场景", $"{name} may be 厂区智能物流 or 全域物流监测: it counts as neither", "Register the one that is meant.");
            }
            else if (decision == ScenarioDecision.Other && !ScenarioStages.Boxes.Any(stage => stage.Value.Contains(name)))
            {
                findings.Add(
                    FormSeverity.Notice, subject, "应用场景", $"{name} is none of the typical scenarios: it is a new one and has no box",
                    "Where the form has a blank 其他, register it as 研发设计-其他, 生产制造-其他, 检测监测-其他, 仓储物流-其他 or 运营管理-其他.");
            }
        }
    }

    private void Completed(FormSubject subject)
    {
        if (subject.Text(Stage) is { } stage && stage is not ("已建成" or "已完成" or "完成"))
        {
            findings.Add(FormSeverity.Error, subject, Stage, $"\"{stage}\" is not completed", "Only completed projects may be recommended (推荐项目需为已完成项目).");
        }
    }

    private void NoAccident(FormSubject subject)
    {
        if (subject.Text(Accident) is not { } text)
        {
            findings.Add(
                FormSeverity.Notice, subject, Accident, "the registry does not say whether there was a major accident in three years",
                $"Register their dates under {Accident}, or 无.");
            return;
        }

        if (text is "无" or "否" or "0")
        {
            return;
        }

        foreach (var part in text.Split([';', '；', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!DateOnly.TryParseExact(part, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                findings.Add(FormSeverity.Error, subject, Accident, $"\"{part}\" is not a date", "Such as 2023-05-01; several are separated by ;.");
            }
            else if (day is { } known && date >= known.AddYears(-3) && date < known)
            {
                findings.Add(
                    FormSeverity.Error, subject, Accident, $"a major accident on {part} lies within the three years before",
                    "The enterprise may not apply (近三年未发生安全、环保等重大事故).");
            }
        }
    }

    private void NotDishonest(FormSubject subject)
    {
        if (subject.Text(Dishonest) is null)
        {
            findings.Add(
                FormSeverity.Notice, subject, Dishonest, "the registry does not say whether the applicant is on a list of seriously dishonest entities",
                $"Look it up in 信用中国 and register {Dishonest} as 否.");
        }
        else if (new DerivedFields(figures, findings, fields.Facts).IsMarked(subject, Dishonest))
        {
            findings.Add(FormSeverity.Error, subject, Dishonest, "the applicant is on a list of seriously dishonest entities", "The enterprise may not apply.");
        }
    }

    private void NotOverstated(FormSubject subject)
    {
        foreach (var indicator in programme.Indicators)
        {
            if (figures.Verdict(indicator, subject) is "OVERSTATED" && figures.Declared(indicator, subject) is { } declared)
            {
                findings.Add(
                    FormSeverity.Warning, subject, indicator, $"\"{declared}\" is declared, and less is measured", "Correct the declared figure or explain the difference.");
            }
        }
    }

    private void PointsComplete(FormSubject subject)
    {
        if (figures.Last("zone_score", subject) is { Value: not null })
        {
            return;
        }

        var missing = programme.Sections.SelectMany(static section => section.AllFields)
            .Where(static field => field.Name.EndsWith("-得分", StringComparison.Ordinal)).Where(field => subject.Text(field) is null)
            .Select(static field => field.Name[..^"-得分".Length]).ToList();
        findings.Add(
            FormSeverity.Warning, subject, "得分", $"points of {missing.Count} items are not entered: the sum so far is no score",
            $"Enter them in the registry's zones under the item's name and 得分: {NearestName.List(missing)}.");
    }

    private void LargeFirmsCovered(FormSubject subject)
    {
        foreach (var factory in subject.Factories.Select(FormSubject.Of))
        {
            // 超百亿元: strictly more; judged on the unrounded figure
            if (Amount(factory, Revenue, "主营业务收入(万元)") is > LargeRevenue
                && figures.Last("cov_grid", factory) is var row && row is not { Value: >= 1 })
            {
                var measured = row?.Value is { } value ? $"its 5G coverage is {value:R}" : "its 5G coverage is not known";
                findings.Add(
                    FormSeverity.Error, factory, "5G网络全覆盖", $"revenue is above 10,000,000,000 CNY and {measured}",
                    "Firms of that size must be covered entirely (年主营业务收入超百亿元工业企业5G网络全覆盖).");
            }
        }
    }
}
