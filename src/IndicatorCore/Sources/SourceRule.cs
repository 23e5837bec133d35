namespace IndicatorCore.Sources;

/// <summary>What one level of a source profile says: the defaults or one file rule. Null = says nothing.</summary>
internal sealed record SourceRule
{
    public string? Pattern { get; init; }

    public string? Table { get; init; }

    public string? Delimiter { get; init; }

    public string? Encoding { get; init; }

    public string? Zone { get; init; }

    public TimestampStamp? Stamp { get; init; }

    public long? Interval { get; init; }

    public MidnightStamp? Midnight { get; init; }

    public PlausibleRange? Plausible { get; init; }

    public long? NominalPeriod { get; init; }

    public long? HeartbeatTimeout { get; init; }

    public string? DefaultRat { get; init; }

    public bool? CostPeriodIsMonth { get; init; }

    public SourceIdentity? Identity { get; init; }

    public IReadOnlyDictionary<string, ColumnMapping> Columns { get; init; } = new Dictionary<string, ColumnMapping>();

    /// <summary>This rule laid over <paramref name="below"/>; a column's mapping replaces the one below as a whole.</summary>
    public SourceRule Over(SourceRule below)
    {
        var columns = new Dictionary<string, ColumnMapping>(below.Columns);
        foreach (var (name, mapping) in Columns)
        {
            columns[name] = mapping;
        }

        return new SourceRule
        {
            Table = Table ?? below.Table,
            Delimiter = Delimiter ?? below.Delimiter,
            Encoding = Encoding ?? below.Encoding,
            Zone = Zone ?? below.Zone,
            Stamp = Stamp ?? below.Stamp,
            Interval = Interval ?? below.Interval,
            Midnight = Midnight ?? below.Midnight,
            Plausible = Plausible ?? below.Plausible,
            NominalPeriod = NominalPeriod ?? below.NominalPeriod,
            HeartbeatTimeout = HeartbeatTimeout ?? below.HeartbeatTimeout,
            DefaultRat = DefaultRat ?? below.DefaultRat,
            CostPeriodIsMonth = CostPeriodIsMonth ?? below.CostPeriodIsMonth,
            Identity = Identity ?? below.Identity,
            Columns = columns,
        };
    }

    /// <summary>The settings, local bounds turned into instants.</summary>
    public SourceSettings Settings() => new()
    {
        Table = Table,
        Delimiter = Delimiter,
        Encoding = Encoding,
        TimeZone = Zone,
        Stamp = Stamp ?? TimestampStamp.Start,
        IntervalNanoseconds = Interval,
        Midnight = Midnight ?? MidnightStamp.NextDay,
        PlausibleFrom = Plausible?.From?.ToInstant(Zone),
        PlausibleTo = Plausible?.To?.ToInstant(Zone),
        NominalPeriodNanoseconds = NominalPeriod,
        HeartbeatTimeoutNanoseconds = HeartbeatTimeout,
        DefaultRat = DefaultRat,
        CostPeriodIsMonth = CostPeriodIsMonth ?? false,
        Identity = Identity?.Columns,
        IdentityExcept = Identity?.Except ?? [],
        Columns = Columns,
    };
}
