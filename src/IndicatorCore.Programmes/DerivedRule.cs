namespace IndicatorCore.Programmes;

/// <summary>The rules by which a derived field is filled.</summary>
public enum DerivedRule
{
    /// <summary>序号: the row's number, from 1.</summary>
    Ordinal,

    /// <summary>Boxes of scenarios: ticked where the factory declares that scenario, aliases as the name they stand for.</summary>
    Scenarios,

    /// <summary>The names of the declared scenarios that are among the twenty.</summary>
    ScenarioNames,

    /// <summary>Boxes of key systems.</summary>
    Systems,

    /// <summary>Key systems that have no box.</summary>
    OtherSystems,

    /// <summary>Boxes of marks: ticked where the registry marks the column of that name with yes.</summary>
    Marks,

    /// <summary>How many of the marks are set, such as <c>9/14</c>.</summary>
    MarkCount,

    /// <summary>The figure as it is declared, of the field's indicator.</summary>
    Declared,

    /// <summary>Declared against measured, of the field's indicator.</summary>
    Verdict,

    /// <summary>The lines and workshops that the registry has of the factory.</summary>
    Extent,

    /// <summary>Whether the class fits the lines and workshops.</summary>
    ClassCheck,

    /// <summary>Whether there are five typical scenarios or more.</summary>
    FiveScenarios,

    /// <summary>Which of the scenarios recommended for the industry are declared, such as <c>4/6</c> with their names.</summary>
    IndustryFit,

    /// <summary>The industry in the ministry's list, with its relation.</summary>
    NationalIndustry,

    /// <summary>The factories of the park.</summary>
    ParkFactories,

    /// <summary>How many factories the park has.</summary>
    ParkFactoryCount,

    /// <summary>How many of the points are entered, and their sum so far.</summary>
    PointsEntered,

    /// <summary>申报单位 of a park: its lead unit and its partners.</summary>
    Applicants,

    /// <summary>How many enterprises the factories belong to; a factory without one counts as one.</summary>
    EnterpriseCount,

    /// <summary>How many factories have 名录年度 filled: were ever listed.</summary>
    ListedCount,

    /// <summary>How many factories are marked 标杆工厂.</summary>
    BenchmarkCount,

    /// <summary>How many industries the factories belong to.</summary>
    IndustryCount,

    /// <summary>How many of the twenty typical scenarios the factories declare.</summary>
    ScenarioCount,
}
