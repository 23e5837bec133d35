using IndicatorCore.Ipc;
using IndicatorCore.Registry;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators;

/// <summary>What is asked of an export. Immutable; validated when the engine is made.</summary>
public sealed record IndicatorQuery
{
    /// <summary>Which devices, lines and factories exist; null = none given.</summary>
    public IndicatorRegistry? Registry { get; init; }

    /// <summary>
    /// The levels of grouping in order, all computed from one pass; each level is one key or several joined by commas
    /// (<c>"factory"</c>, <c>"city,industry"</c>). Empty = one group over everything.
    /// </summary>
    public IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>How time is cut.</summary>
    public Window Window { get; init; }

    /// <summary>The reference date's instant, or null for the local midnight at or after the greatest accepted event.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The IANA name of the reporting zone.</summary>
    public string TimeZone { get; init; } = "Asia/Shanghai";

    /// <summary>Start of the span counted, inclusive: a date (local midnight) or an instant; null = open.</summary>
    public TimeBound? From { get; init; }

    /// <summary>End of the span counted, exclusive; null = open.</summary>
    public TimeBound? To { get; init; }

    /// <summary>
    /// The last so many complete local days before the reference date: counts from as many local midnights before it, instead of
    /// <see cref="From"/> and <see cref="To"/>; 1 or more, null = not asked for.
    /// </summary>
    public int? Last
    {
        get;
        init
        {
            if (value is { } days)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MaxLast);
            }

            field = value;
        }
    }

    /// <summary>The most days of <see cref="Last"/>: a hundred years.</summary>
    public const int MaxLast = 36_525;

    /// <summary>Indicator ids to compute (a whole brings its parts); empty = all of the catalogue.</summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    /// <summary>Indicators of the user's own, beside those of the catalogue; null = none.</summary>
    public UserIndicatorSet? UserDefined { get; init; }

    /// <summary>Points of countable items of pilot zones by their quantities, where no expert has entered any; null = entered points alone.</summary>
    public ZoneScoring? Scoring { get; init; }

    /// <summary>Rows to count: every column named must have the value. Mapped and raw columns, and registry keys.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Where { get; init; } = [];

    /// <summary>Whether reports bring the grid cells behind <c>cov_grid</c>, for maps; without a calendar window only.</summary>
    public bool CoverageCells { get; init; }

    /// <summary>Thresholds and floors.</summary>
    public DefinitionProfile Profile { get; init; } = DefinitionProfile.CnNrA;

    /// <summary>How inputs name their columns; null = the profile in each input's metadata, else canonical names.</summary>
    public SourceProfile? Source { get; init; }

    /// <summary>What is done about data seen twice.</summary>
    public DedupPolicy Dedup { get; init; }

    /// <summary>What is done about undecodable inputs and batches.</summary>
    public OnBad OnBad { get; init; }

    /// <summary>Baseline phase of every line, replacing go-lives; with <see cref="After"/> or not at all.</summary>
    public (TimeBound From, TimeBound To)? Baseline { get; init; }

    /// <summary>After phase of every line.</summary>
    public (TimeBound From, TimeBound To)? After { get; init; }

    /// <summary>
    /// How finely state is kept; null = as finely as this query needs. Give <see cref="StateGrain.For"/> where state is to answer later questions
    /// too, and that of a state file (<see cref="StateFileInfo.Grain"/>) where it is to be taken over.
    /// </summary>
    public StateGrain? Grain { get; init; }

    /// <summary>Worker threads, at least 1; null = all cores.</summary>
    public int? Threads { get; init; }

    /// <summary>Limits against hostile input, and codecs beyond LZ4_FRAME (a ZSTD codec, say).</summary>
    public IpcReaderOptions Reading { get; init; } = IpcReaderOptions.Default;

    /// <summary>The most calendar windows of a report, 1 or more: a single event centuries away would ask for millions.</summary>
    public int MaxWindows
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 100_000;

    /// <summary>Bytes that the process may use; null = half of the physical memory or of the container's limit.</summary>
    public long? MemoryBudget { get; init; }

    /// <summary>
    /// Where rows and points go that <see cref="MemoryBudget"/> does not hold, made if need be; null = a private directory below the system's
    /// temporary one. Nothing is left there, however the process ends.
    /// </summary>
    public string? SpillDirectory { get; init; }
}
