namespace IndicatorCore.Ipc;

/// <summary>What the first bytes of an input say that it is.</summary>
public enum IpcContainer
{
    /// <summary>Nothing that is recognised.</summary>
    Unknown,

    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>The Arrow IPC file format (Feather V2).</summary>
    File,

    /// <summary>The Arrow IPC streaming format.</summary>
    Stream,

    /// <summary>Feather V1, which is not Arrow IPC.</summary>
    FeatherV1,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>Apache ORC.</summary>
    Orc,

    /// <summary>Apache Avro.</summary>
    Avro,

    /// <summary>A gzip file.</summary>
    Gzip,

    /// <summary>A Zstandard file.</summary>
    Zstandard,

    /// <summary>An LZ4 frame file.</summary>
    Lz4,

    /// <summary>A zip archive, such as an Excel workbook.</summary>
    Zip,

    /// <summary>A SQLite database.</summary>
    Sqlite,

    /// <summary>Text, such as CSV or JSON.</summary>
    Text,
}
