using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>The sections of a state file, in their order.</summary>
internal static class StateSections
{
    public const string Input = "input";
    public const string Radio = "radio";
    public const string Grid = "grid";
    public const string GridCells = "grid_cells";
    public const string Connectivity = "connectivity";
    public const string Evidence = "evidence";
    public const string Online = "online";
    public const string Production = "production";
    public const string Cost = "cost";
    public const string Energy = "energy";
    public const string Probe = "probe";
    public const string Quarantine = "quarantine";
    public const string Rsrp = "rsrp";
    public const string Sinr = "sinr";
    public const string Point = "point";
    public const string Session = "session";
    public const string Deadline = "deadline";
    public const string Arrival = "arrival";
    public const string OneWay = "one_way";
    public const string OneWayDeadline = "one_way_deadline";
    public const string RowShape = "row_shape";
    public const string RowInput = "row_input";
    public const string Row = "row";

    public const string User = "user";
    public const string UserKeys = "user_keys";
    public const string UserValues = "user_values";
    public const string UserQuarantine = "user_quarantine";

    /// <summary>How long rows took to arrive, by the table's place in the catalogue.</summary>
    public static string[] Delays { get; } = [.. TableCatalog.All.Select(static table => $"delay_{table.Name}")];

    /// <summary>All of them.</summary>
    public static string[] Names { get; } = [Input, Radio, Grid, GridCells, Connectivity, Evidence, Online, Production, Cost, Energy, Probe, .. SupportSections.Names, Quarantine, Rsrp, Sinr, Point, Session, Deadline, Arrival, OneWay, OneWayDeadline, .. Delays, RowShape, RowInput, Row];

    /// <summary>Those of a query with user-defined indicators.</summary>
    public static string[] NamesWithUser { get; } = [.. Names, User, UserKeys, UserValues, UserQuarantine];
}
