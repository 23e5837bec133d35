namespace IndicatorCore.Generation;

/// <summary>What a generation wrote.</summary>
public sealed record GenerationSummary
{
    /// <summary>The telemetry files in the order in which they were written, replayed copies last.</summary>
    public required IReadOnlyList<GeneratedFile> Files { get; init; }

    /// <summary>Telemetry rows in them, replayed copies not counted.</summary>
    public required long Rows { get; init; }

    /// <summary>Bytes of the telemetry files, replayed copies counted.</summary>
    public required long Bytes { get; init; }

    /// <summary>The factories of the province.</summary>
    public required int Factories { get; init; }

    /// <summary>The lines of the province.</summary>
    public required int Lines { get; init; }

    /// <summary>The registered devices of the province.</summary>
    public required int Devices { get; init; }

    /// <summary>The reference date R that the answers rest on: a local midnight as a date.</summary>
    public required DateOnly ReferenceDate { get; init; }

    /// <summary>Rows that a reader must quarantine, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Quarantined { get; init; }

    /// <summary>The file of exact answers.</summary>
    public required string ExpectedPath { get; init; }
}
