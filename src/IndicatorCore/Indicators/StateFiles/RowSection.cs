using System.Buffers;
using System.Globalization;
using System.Text;
using IndicatorCore.Indicators.State.Rows;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>
/// Rows kept for <c>--dedup rows</c> in a state file: first the shapes and the names of inputs, each a row with its text in <c>input</c>, then the
/// rows in their order, many to a row, their number in <c>n</c> and their bytes in <c>devices</c> (<see cref="RowTransfer"/>).
/// </summary>
/// <param name="store">The rows.</param>
internal sealed class RowSection(RowStore store)
{
    private const int BlockBytes = 1 << 16;
    private const int BlocksOfBatch = 16;

    private readonly List<RowShape> _shapes = [];
    private readonly List<int> _inputs = [];

    /// <summary>Writes all rows.</summary>
    /// <exception cref="Errors.SpillException">Rows cannot be read back.</exception>
    public void Write(StateRowWriter output)
    {
        if (store.Count == 0)
        {
            return;
        }

        foreach (var shape in store.Shapes)
        {
            output.Begin(StateSections.RowShape);
            output.Text(StateColumn.Input, Encoding.UTF8.GetBytes(shape.Text));
        }

        foreach (var input in store.Inputs)
        {
            output.Begin(StateSections.RowInput);
            output.Text(StateColumn.Input, Encoding.UTF8.GetBytes(store.Space.Inputs.Name(input)));
        }

        var (shapes, inputs) = RowTransfer.Ranks(store);
        var block = new ArrayBufferWriter<byte>(BlockBytes * 2);
        var (count, blocks) = (0, 0);
        using (var rows = store.InOrder())
        {
            RowStore.Walk(rows, store.Space.Spill.Cancellation, rows =>
            {
                RowTransfer.Write(store.Space, rows.Record, shapes, inputs, block);
                count++;
                if (block.WrittenCount >= BlockBytes)
                {
                    Flush();
                }
            });
        }

        if (count > 0)
        {
            Flush();
        }

        void Flush()
        {
            // a batch of its own every so often: it is in memory as a whole
            output.Begin(StateSections.Row, (blocks++ / BlocksOfBatch).ToString(CultureInfo.InvariantCulture));
            output.Number(StateColumn.Count, count);
            output.Bytes(StateColumn.Devices, block.WrittenSpan);
            block.ResetWrittenCount();
            count = 0;
        }
    }

    /// <summary>Reads a shape.</summary>
    public void ReadShape(in StateRow row) => _shapes.Add(store.Space.ShapeOf(Encoding.UTF8.GetString(row.Bytes(StateColumn.Input))));

    /// <summary>Reads an input.</summary>
    public void ReadInput(in StateRow row) => _inputs.Add(store.Space.Inputs.GetOrAdd(row.Bytes(StateColumn.Input)));

    /// <summary>Reads rows.</summary>
    public void ReadRows(in StateRow row)
    {
        var bytes = row.Bytes(StateColumn.Devices);
        for (var left = row.Number(StateColumn.Count, 1, int.MaxValue); left > 0; left--)
        {
            if (!RowTransfer.TryAdd(store, _shapes, _inputs, ref bytes))
            {
                throw row.Fault(StateColumn.Devices, "a kept row is none");
            }
        }

        if (!bytes.IsEmpty)
        {
            throw row.Fault(StateColumn.Devices, "there are more kept rows than the row says");
        }
    }
}
