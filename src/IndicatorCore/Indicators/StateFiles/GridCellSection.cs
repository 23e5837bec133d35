using System.Buffers;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Radio samples by grid cell: all cells of a leaf and span in a row (<see cref="GridBytes"/>). Those too far out are rows of their own.</summary>
/// <param name="store">The cells of the state.</param>
internal sealed class GridCellSection(SlotStore<GridKey, CoverageCounts> store)
{
    private readonly GridSection _single = new();
    private readonly GridBytes _coding = new();

    /// <summary>Notes the keys, and says how to write the rows once all are noted.</summary>
    public Action<StateRowWriter> Prepare(StateKeys keys)
    {
        for (var slot = 0; slot < store.Count; slot++)
        {
            keys.Use(store.Keys[slot].Leaf);
        }

        int[]? order = null;
        return rows => Write(rows, order ??= SlotOrder.Of(store, _single, keys));
    }

    /// <summary>Reads a row.</summary>
    /// <exception cref="Errors.IndicatorDataException">The row is none.</exception>
    public void Read(in StateRow row)
    {
        if (!_coding.TryRead(
            row.Bytes(StateColumn.Devices), row.Number(StateColumn.Count, 1, GridBytes.MostCells), new PaneKey(row.Leaf(), row.Pane(isSpan: true)), store))
        {
            throw row.Fault(StateColumn.Devices, "the grid cells are none, or not as many as the row says");
        }
    }

    private void Write(StateRowWriter rows, int[] order)
    {
        foreach (var slot in order)
        {
            if (!GridBytes.Holds(store.Keys[slot]))
            {
                rows.Begin(_single.Name);
                _single.Write(rows, store.Keys[slot], store.Cells[slot]);
            }
        }

        var bytes = new ArrayBufferWriter<byte>();
        int[] coded = [.. order.Where(slot => GridBytes.Holds(store.Keys[slot]))];
        for (int first = 0, end; first < coded.Length; first = end)
        {
            var place = store.Keys[coded[first]];
            end = first + 1;
            while (end < coded.Length && end - first < GridBytes.MostCells && IsAt(place, store.Keys[coded[end]]))
            {
                end++;
            }

            bytes.ResetWrittenCount();
            if (!rows.IsMeasuring)
            {
                _coding.Write(bytes, store, coded.AsSpan(first, end - first));
            }

            rows.Begin(StateSections.GridCells);
            rows.Leaf(place.Leaf);
            rows.Pane(place.Pane, isSpan: true);
            rows.Number(StateColumn.Count, end - first);
            rows.Bytes(StateColumn.Devices, bytes.WrittenSpan);
        }
    }

    private static bool IsAt(in GridKey place, in GridKey key) => place.Leaf == key.Leaf && place.Pane == key.Pane;
}
