using IndicatorCore.Errors;

namespace IndicatorCore.Indicators;

/// <summary>A batch, or a whole input, of which nothing is in the figures because of <see cref="OnBad.Skip"/>.</summary>
public sealed record SkippedPart
{
    /// <summary>The reason of inputs whose stamps are wall-clock time of an undeclared zone.</summary>
    internal const string ZoneUndeclared = "TZ_UNDECLARED";

    /// <summary>
    /// The kind of fault: <c>MALFORMED, TRUNCATED, CHECKSUM, UNSUPPORTED, LIMIT_EXCEEDED, SCHEMA_MISMATCH, INPUT_CHANGED, CONFIGURATION,
    /// IO</c>; or <c>TZ_UNDECLARED</c>, whose rows are counted as quarantined too.
    /// </summary>
    public required string Reason { get; init; }

    /// <summary>What is wrong, where, and what to do about it, as an error says it.</summary>
    public required string Message { get; init; }

    /// <summary>The table, or null where it was not known yet.</summary>
    public string? Table { get; init; }

    /// <summary>The column, or null.</summary>
    public string? Column { get; init; }

    /// <summary>The zero-based ordinal of the skipped batch; null = the whole input is skipped.</summary>
    public long? Batch { get; init; }

    /// <summary>The byte offset of the fault in the input, or null.</summary>
    public long? Offset { get; init; }

    /// <summary>How many batches are skipped by this; null where it is not known.</summary>
    public long? Batches { get; init; }

    /// <summary>How many rows they have; null where it is not known.</summary>
    public long? Rows { get; init; }

    /// <summary>What a fault costs.</summary>
    internal static SkippedPart Of(Exception fault, long? batch, long? batches, long? rows) => fault is IndicatorDataException data
        ? new SkippedPart
        {
            Reason = NameOf(data.Kind),
            Message = data.Message,
            Table = data.Location.Table,
            Column = data.Location.Column,
            Batch = batch,
            Offset = data.Location.Offset,
            Batches = batches,
            Rows = rows,
        }
        : new SkippedPart { Reason = "IO", Message = $"The input cannot be read: {fault.Message}", Batch = batch, Batches = batches, Rows = rows };

    private static string NameOf(DataFault kind) => kind switch
    {
        DataFault.Malformed => "MALFORMED",
        DataFault.Truncated => "TRUNCATED",
        DataFault.Checksum => "CHECKSUM",
        DataFault.Unsupported => "UNSUPPORTED",
        DataFault.LimitExceeded => "LIMIT_EXCEEDED",
        DataFault.SchemaMismatch => "SCHEMA_MISMATCH",
        DataFault.InputChanged => "INPUT_CHANGED",
        DataFault.StateMismatch => "STATE_MISMATCH",
        _ => "CONFIGURATION",
    };
}
