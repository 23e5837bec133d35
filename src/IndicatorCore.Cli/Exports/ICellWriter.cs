using IndicatorCore.Columns;

namespace IndicatorCore.Cli.Exports;

/// <summary>Writes rows in one format.</summary>
internal interface ICellWriter : IDisposable
{
    /// <summary>A new input begins.</summary>
    void Start(IReadOnlyList<Field> fields, string input);

    /// <summary>One row.</summary>
    void Row(RecordBatch batch, ReadOnlySpan<int> ordinals, int row);
}
