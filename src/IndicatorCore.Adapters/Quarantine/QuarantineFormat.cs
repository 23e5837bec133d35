namespace IndicatorCore.Adapters.Quarantine;

/// <summary>How a quarantine file is written.</summary>
public enum QuarantineFormat
{
    /// <summary>An Arrow IPC file, buffers compressed as LZ4 frames.</summary>
    Arrow,

    /// <summary>CSV as RFC 4180 has it, UTF-8 with a byte order mark.</summary>
    Csv,
}
