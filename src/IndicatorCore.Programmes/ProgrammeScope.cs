namespace IndicatorCore.Programmes;

/// <summary>What one copy of a form is about.</summary>
public enum ProgrammeScope
{
    /// <summary>A copy for each factory.</summary>
    Factory,

    /// <summary>One copy with a row for each factory.</summary>
    Factories,

    /// <summary>A copy for each pilot zone.</summary>
    Zone,

    /// <summary>A copy for each park; figures of the park and of its factories.</summary>
    Park,
}
