namespace IndicatorCore.Registry;

/// <summary>What a declared scenario's name is (programme-forms 2).</summary>
internal enum ScenarioDecision
{
    /// <summary>One of the twenty.</summary>
    Canonical,

    /// <summary>Another name of one of them.</summary>
    AliasOf,

    /// <summary>None of them: new, or of the list of twenty-two only.</summary>
    Other,

    /// <summary>It may mean several of them: never counted before somebody has asked.</summary>
    Ambiguous,
}
