namespace IndicatorCore.Generation.Model;

/// <summary>A factory with its site plan: a rectangle of square cells a floor.</summary>
internal sealed record FactoryModel
{
    /// <summary>The number among all factories of the province.</summary>
    public required int Index { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Enterprise { get; init; }

    public required string CreditCode { get; init; }

    public required string City { get; init; }

    public required string District { get; init; }

    public required string Industry { get; init; }

    public required string Class { get; init; }

    public required string Park { get; init; }

    public required string Zone { get; init; }

    public required string Operator { get; init; }

    /// <summary>The number of cells from west to east.</summary>
    public required int Columns { get; init; }

    /// <summary>The number of cells from south to north.</summary>
    public required int Rows { get; init; }

    public required int Floors { get; init; }

    /// <summary>The index of the westernmost and southernmost cell; negative, since the origin is the gate.</summary>
    public required int Origin { get; init; }

    /// <summary>How many cells of the plan the survey walks through, counted from the first.</summary>
    public required int WalkedCells { get; init; }

    /// <summary>Whether labour hours are recorded.</summary>
    public required bool RecordsLabour { get; init; }

    /// <summary>A level that all cells' signal is shifted by, in tenths of a decibel.</summary>
    public required int SignalShift { get; init; }

    public int TargetCells => Columns * Rows * Floors;
}
