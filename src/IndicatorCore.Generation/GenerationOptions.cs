using IndicatorCore.Generation.Model;
using IndicatorCore.Ipc;

namespace IndicatorCore.Generation;

/// <summary>What to generate. Equal options give equal bytes.</summary>
public sealed record GenerationOptions
{
    /// <summary>The largest number of factories.</summary>
    public const int MostFactories = 2_000;

    private const int MostHotDays = 60;

    /// <summary>The seed of everything random.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Telemetry rows over all tables, approximately. Production, energy and cost need what their calendar needs; the rest goes to
    /// the high-volume tables.
    /// </summary>
    public long Rows { get; init; } = 100_000;

    /// <summary>The folder to write to; created when absent. Files of the same names are overwritten.</summary>
    public required string OutputDirectory { get; init; }

    /// <summary>The first local day of production, energy and cost.</summary>
    public DateOnly Start { get; init; } = new(2023, 1, 1);

    /// <summary>
    /// Local days of production, energy and cost: at least 540, so that a same-season baseline fits, or at most 60, and then no line has a
    /// go-live; the default ends with 2024.
    /// </summary>
    public int Days { get; init; } = 731;

    /// <summary>Local days of the high-volume tables at the end of the calendar, 30 to 60; those of the calendar where it has fewer.</summary>
    public int HotDays { get; init; } = 45;

    /// <summary>Factories, or null for one per 8,000 rows, at least 1 and at most 400.</summary>
    public int? Factories { get; init; }

    /// <summary>Lines a factory, 1 to 64, or null for one to four, more where there are many rows.</summary>
    public int? Lines { get; init; }

    /// <summary>Devices a line, 1 to 1,000, or null for seven to fourteen, more where there are many rows.</summary>
    public int? Devices { get; init; }

    /// <summary>
    /// How often each device sends a heartbeat, and each modem a radio sample and a round trip: whole seconds that divide a day. Null for as
    /// often as <see cref="Rows"/> asks for, which otherwise says nothing.
    /// </summary>
    public TimeSpan? Period { get; init; }

    /// <summary>Whether buffers are compressed with LZ4.</summary>
    public bool Compress { get; init; } = true;

    /// <summary>The order of rows.</summary>
    public RowOrder Order { get; init; }

    /// <summary>Tables of their own, or one wide table.</summary>
    public GenerationLayout Layout { get; init; }

    /// <summary>Rows a record batch.</summary>
    public int BatchRows { get; init; } = 65_536;

    /// <summary>Arrow IPC files (<c>.arrow</c>) or streams (<c>.arrows</c>).</summary>
    public IpcFormat Format { get; init; }

    /// <summary>Whether the registry is written, to <c>registry/</c>. The expected answers assume that it is used.</summary>
    public bool Registry { get; init; } = true;

    /// <summary>
    /// Whether the data has what real data has: a replayed file, skewed clocks, rows from the future, missing times, nulls, NaN,
    /// sentinels, outages, late rows, lost output and cost elements, unregistered devices.
    /// </summary>
    public bool Faults { get; init; } = true;

    /// <summary>
    /// Whether the schemas say how long a heartbeat holds and how often radio is sampled (metadata <c>indicatorcore.source</c>): what
    /// <c>link_avail</c>, <c>online_instant</c> and <c>cov_time</c> need. The wide table says the former alone.
    /// </summary>
    public bool Periods { get; init; }

    internal bool HasPhases => Days > MostHotDays;

    internal int HotDayCount => Math.Min(HotDays, Days);

    internal int FactoryCount => Factories ?? (int)Math.Clamp(Rows / 8_000, 1, 400);

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(OutputDirectory);
        ArgumentOutOfRangeException.ThrowIfLessThan(Rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Rows, 100_000_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(Days, HasPhases ? 540 : 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Days, 3_660);
        ArgumentOutOfRangeException.ThrowIfLessThan(HotDays, 30);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HotDays, MostHotDays);
        ArgumentOutOfRangeException.ThrowIfLessThan(FactoryCount, 1, nameof(Factories));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FactoryCount, MostFactories, nameof(Factories));
        ArgumentOutOfRangeException.ThrowIfLessThan(Lines ?? 1, 1, nameof(Lines));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Lines ?? 1, 64, nameof(Lines));
        ArgumentOutOfRangeException.ThrowIfLessThan(Devices ?? 1, 1, nameof(Devices));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Devices ?? 1, 1_000, nameof(Devices));
        if (Period is { } period && (period <= TimeSpan.Zero || period.Ticks % TimeSpan.TicksPerSecond != 0 || TimeSpan.TicksPerDay % period.Ticks != 0))
        {
            throw new ArgumentOutOfRangeException(nameof(Period), period, "It is no number of whole seconds that divides a day.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(BatchRows, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchRows, 1 << 24);

        // Before 1992 the zone had daylight saving time, and the calendar here has one offset.
        ArgumentOutOfRangeException.ThrowIfLessThan(Start, new DateOnly(1992, 1, 1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LocalCalendar.Day(Start) + Days, LocalCalendar.Day(new DateOnly(2200, 1, 1)), nameof(Days));
    }
}
