using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State;

/// <summary>Folds the rows of one table into the state. One instance a worker and input.</summary>
internal interface ITableConsumer
{
    /// <summary>Folds every row of a sealed chunk that feeds the table.</summary>
    /// <param name="chunk">The rows.</param>
    /// <param name="isTelemetry">Whether the rows are wide ones, which feed a table only if one of its required measures is there.</param>
    void Consume(RowChunk chunk, bool isTelemetry);

    /// <summary>Puts what is not in the state yet into it.</summary>
    void Settle();

    /// <summary>Gives memory back; what is not settled is gone.</summary>
    void Free();
}
