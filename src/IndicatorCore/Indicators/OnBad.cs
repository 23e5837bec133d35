namespace IndicatorCore.Indicators;

/// <summary>What is done about undecodable inputs and batches.</summary>
public enum OnBad
{
    /// <summary>The run ends with the error; nothing is written.</summary>
    Fail,

    /// <summary>The batch or input is skipped, counted and listed; the figures say so.</summary>
    Skip,
}
