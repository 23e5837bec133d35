using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State;

/// <summary>Folds the rows of one table into the state. One instance a worker.</summary>
internal interface ITableConsumer
{
    /// <summary>The table's place in the catalogue.</summary>
    int Table { get; }

    /// <summary>Folds every row of a chunk that feeds the table.</summary>
    /// <param name="chunk">The rows.</param>
    /// <param name="isTelemetry">Whether the rows are wide ones, which feed a table only if one of its required measures is there.</param>
    void Consume(RowChunk chunk, bool isTelemetry);
}
