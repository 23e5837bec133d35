namespace IndicatorCore.Aggregation;

/// <summary>Why a row was set aside: the closed list of indicator-definitions 1.7.</summary>
internal enum QuarantineReason : byte
{
    None,
    TzUndeclared,
    Future,
    ImplausibleTime,
    MissingTime,
    PrecisionLost,
    Unparseable,
    OutOfScale,
    UnknownValue,
}
