namespace IndicatorCore.Indicators.StateFiles;

/// <summary>How much of a state file is looked at.</summary>
internal enum StateSurveyDepth
{
    /// <summary>Its header.</summary>
    Header,

    /// <summary>The rows of its inputs, which come first.</summary>
    Inputs,

    /// <summary>All rows, and the digest is verified.</summary>
    All,
}
