namespace IndicatorCore.Programmes.Codes;

/// <summary>Who names industries how (programme-forms 1.2).</summary>
public enum IndustryList
{
    /// <summary>The ministry's ten key industries.</summary>
    National,

    /// <summary>Liaoning's ten.</summary>
    Liaoning,

    /// <summary>Tianjin's twelve boxes.</summary>
    Tianjin,

    /// <summary>Guangdong's.</summary>
    Guangdong,
}
