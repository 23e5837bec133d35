using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary>The wide <c>telemetry</c> table; why it has no cell, rat and ingest_ts says <see cref="GenerationLayout.Telemetry"/>.</summary>
internal sealed class TelemetryShape
{
    public const int EventTime = 0;
    public const int IntervalEnd = 1;
    public const int PeriodEnd = 2;
    public const int Line = 3;
    public const int Device = 4;
    public const int Online = 5;
    public const int Link = 6;
    public const int Sequence = 7;
    public const int Rsrp = 8;
    public const int Sinr = 9;
    public const int East = 10;
    public const int North = 11;
    public const int Floor = 12;
    public const int Latency = 13;
    public const int Product = 14;
    public const int Unit = 15;
    public const int Good = 16;
    public const int Total = 17;
    public const int Labour = 18;
    public const int Busy = 19;
    public const int Energy = 20;
    public const int Element = 21;
    public const int Amount = 22;
    public const int ProjectCost = 23;

    public TelemetryShape(ProvinceModel province, string? source)
    {
        Products = ProductionTable.Products(province);
        Units = ProductionTable.Units(province);
        Shape = new TableShape("telemetry",
        [
            new("event_ts", ColumnKind.Instant),
            new("interval_end", ColumnKind.Instant),
            new("period_end", ColumnKind.Instant),
            new("line", ColumnKind.Key, [.. province.Lines.Select(static line => line.Id)]),
            new("device", ColumnKind.Key, [.. province.Devices.Select(static device => device.Id)]),
            new("online", ColumnKind.Flag),
            new("link", ColumnKind.Key, Links.Values),
            new("seq", ColumnKind.Integer),
            new("rsrp_dbm", ColumnKind.Single),
            new("sinr_db", ColumnKind.Single),
            new("x_m", ColumnKind.Double),
            new("y_m", ColumnKind.Double),
            new("floor", ColumnKind.Integer),
            new("latency_ms", ColumnKind.Single),
            new("product", ColumnKind.Key, Products.Values),
            new("unit", ColumnKind.Key, Units.Values),
            new("q_good", ColumnKind.Double),
            new("q_total", ColumnKind.Double),
            new("labour_h", ColumnKind.Double),
            new("planned_busy_h", ColumnKind.Double),
            new("kwh", ColumnKind.Double),
            new("element", ColumnKind.Key, Elements.Values),
            new("amount_cny", ColumnKind.Double),
            new("is_project_cost", ColumnKind.Flag),
        ],
        source);
    }

    public TableShape Shape { get; }

    public KeySet Products { get; }

    public KeySet Units { get; }

    public KeySet Links { get; } = new(ConnectivityTable.Links);

    public KeySet Elements { get; } = new(CostSimulation.Elements);
}
