namespace IndicatorCore.Portal.Monitoring;

/// <summary>How far a file has come.</summary>
internal enum ArrivalState
{
    /// <summary>It may still be written to.</summary>
    New,

    /// <summary>It does not change, and is not whole or cannot be read.</summary>
    Waiting,

    /// <summary>The publication holds it.</summary>
    Taken,

    /// <summary>It is looked at again when it changes.</summary>
    SetAside,
}
