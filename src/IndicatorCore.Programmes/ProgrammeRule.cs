namespace IndicatorCore.Programmes;

/// <summary>What must hold before a form is handed in, beyond required fields, code lists and character limits, which always must.</summary>
public enum ProgrammeRule
{
    /// <summary>The class is one of 产线级, 车间级, 工厂级, and fits the lines and workshops of the registry.</summary>
    ClassInScope,

    /// <summary>已投入资金 is not above the total investment.</summary>
    InvestedWithinTotal,

    /// <summary>Five typical scenarios or more are declared.</summary>
    FiveScenarios,

    /// <summary>Every scenario name is known: an ambiguous one counts as none.</summary>
    ScenariosKnown,

    /// <summary>The project is completed.</summary>
    Completed,

    /// <summary>The project is in construction or completed.</summary>
    StartedOrCompleted,

    /// <summary>No major accident of safety or environment in the three years before the day of the check.</summary>
    NoAccident,

    /// <summary>The applicant is on no list of seriously dishonest entities.</summary>
    NotDishonest,

    /// <summary>No declared figure is overstated.</summary>
    NotOverstated,

    /// <summary>Points of all 25 items are entered.</summary>
    PointsComplete,

    /// <summary>Firms above ten thousand million yuan of revenue are covered by 5G entirely.</summary>
    LargeFirmsCovered,

    /// <summary>Parks, applicants and operators of the whole list are those of the notice's first list.</summary>
    FirstParks,
}
