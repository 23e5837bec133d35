namespace IndicatorCore.Cli.Exports;

/// <summary>How far an inspection looks.</summary>
internal enum InspectionDepth
{
    /// <summary>Schema and batch metadata.</summary>
    Metadata,

    /// <summary>Also the columns of time.</summary>
    Times,

    /// <summary>Every buffer of every column.</summary>
    Full,
}
