using IndicatorCore.Programmes.Codes;

namespace IndicatorCore.Programmes.Catalog;

/// <summary>The 5G工厂库 record: the platform's field list is not published, so it is served a superset of Liaoning's and Tianjin's forms.</summary>
internal static class NationalLibrary
{
    /// <summary>The record.</summary>
    public static Programme Programme { get; } = new()
    {
        Id = "national-library",
        Title = "5G+工业互联网发展管理平台——5G工厂库",
        Summary = "National 5G factory library: project record, all fields of the Liaoning and Tianjin forms",
        Scope = ProgrammeScope.Factory,
        Notice = "工信厅信管〔2022〕23号",
        Industries = IndustryList.National,
        Rules = [ProgrammeRule.ClassInScope, ProgrammeRule.FiveScenarios, ProgrammeRule.ScenariosKnown, ProgrammeRule.InvestedWithinTotal, ProgrammeRule.NotOverstated],
        AlsoNeeds = ["scenario_count_declared", "scenario_rule_5"],
        Sections =
        [
            Liaoning2024.Applicant,
            Liaoning2024.Project,
            Tianjin2023.Basics,
            .. Tianjin2023.Contents,
            new()
            {
                Heading = "建设内容（14项）",
                Fields =
                [
                    FieldOf.Derived("重点行业", DerivedRule.NationalIndustry),
                    .. ConstructionElements.Groups.Select(static group => FieldOf.RuleBoxes(group.Key, DerivedRule.Marks, group.Value)),
                    FieldOf.RuleBoxes("应用技术", DerivedRule.Marks, ConstructionElements.Technologies),
                ],
            },
            Comparison.Under("项目实施前与实施后效果比较"),
        ],
    };
}
