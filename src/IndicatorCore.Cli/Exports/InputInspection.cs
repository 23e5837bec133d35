using IndicatorCore.Columns;

namespace IndicatorCore.Cli.Exports;

/// <summary>What was found in one input.</summary>
internal sealed record InputInspection
{
    /// <summary>The path as given, or <c>-</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>file</c> or <c>stream</c>.</summary>
    public required string Container { get; init; }

    /// <summary>The size, bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The schema.</summary>
    public required Schema Schema { get; init; }

    /// <summary>Record batches.</summary>
    public required long Batches { get; init; }

    /// <summary>Rows.</summary>
    public required long Rows { get; init; }

    /// <summary>The compressions of its batches, in order of first use: none, lz4_frame, zstd.</summary>
    public required IReadOnlyList<string> Compressions { get; init; }

    /// <summary>Stored bytes a column, its dictionaries included; null for streams, where they are not told.</summary>
    public IReadOnlyList<long>? StoredBytes { get; init; }

    /// <summary>Statistics by column: of the time columns, under <c>--full</c> of all; null for columns not read.</summary>
    public required IReadOnlyList<ColumnStatistics?> Statistics { get; init; }

    /// <summary>The column that stamps the rows, or null when the table cannot be told or lacks it.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>The first event time, or null when it is not known.</summary>
    public string? First { get; init; }

    /// <summary>The last event time.</summary>
    public string? Last { get; init; }

    /// <summary>The table, or null when it cannot be told.</summary>
    public string? Table { get; init; }

    /// <summary>The tables that the rows can feed.</summary>
    public IReadOnlyList<string> Feeds { get; init; } = [];

    /// <summary>The canonical columns that it has.</summary>
    public IReadOnlyList<string> Has { get; init; } = [];

    /// <summary>Required columns that it lacks.</summary>
    public IReadOnlyList<string> MissingRequired { get; init; } = [];

    /// <summary>Optional columns that it lacks.</summary>
    public IReadOnlyList<string> MissingOptional { get; init; } = [];

    /// <summary>Why <c>run</c> would refuse it, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
