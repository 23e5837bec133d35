namespace IndicatorCore.Adapters.Csv;

/// <summary>Why a row cannot be counted (indicator-definitions 1.7), as the reserved column names it.</summary>
internal static class QuarantineReason
{
    /// <summary>The reserved column: null where the row is good.</summary>
    public const string Column = "indicatorcore.quarantine";

    /// <summary>The row has no time.</summary>
    public const string MissingTime = "MISSING_TIME";

    /// <summary>A wall-clock time, and no zone is declared.</summary>
    public const string TimeZoneUndeclared = "TZ_UNDECLARED";

    /// <summary>A whole number written with an exponent: a spreadsheet cut its digits.</summary>
    public const string PrecisionLost = "PRECISION_LOST";

    /// <summary>Text that is not what the column holds.</summary>
    public const string Unparseable = "UNPARSEABLE";

    /// <summary>A number or instant beyond what can be stored exactly.</summary>
    public const string OutOfScale = "OUT_OF_SCALE";

    /// <summary>A flag that is neither true nor false.</summary>
    public const string UnknownValue = "UNKNOWN_VALUE";

    /// <summary>All of them, in the order of the output's dictionary.</summary>
    public static IReadOnlyList<string> All { get; } =
        [MissingTime, OutOfScale, PrecisionLost, TimeZoneUndeclared, UnknownValue, Unparseable];
}
