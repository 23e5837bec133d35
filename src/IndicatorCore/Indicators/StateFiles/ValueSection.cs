using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>The values of a radio measure by leaf and span.</summary>
/// <param name="name">The section's name.</param>
/// <param name="kind">The measure (<see cref="ValueKind"/>).</param>
/// <param name="values">The values of the state.</param>
internal sealed class ValueSection(string name, int kind, QuantileStore values)
{
    /// <summary>Notes the keys, and says how to write the rows once all are noted.</summary>
    public Action<StateRowWriter> Prepare(StateKeys keys)
    {
        var slots = Enumerable.Range(0, values.Count).Where(slot => values.Keys[slot].Kind == kind && values.At(slot).Count > 0).ToList();
        slots.ForEach(slot => keys.Use(values.Keys[slot].Place.Leaf));
        return row =>
        {
            if (!row.IsMeasuring)
            {
                slots.Sort((left, right) => Compare(keys, values.Keys[left].Place, values.Keys[right].Place));
            }

            foreach (var slot in slots)
            {
                var (place, sample) = (values.Keys[slot].Place, values.At(slot));
                row.Begin(name);
                row.Leaf(place.Leaf);
                row.Pane(place.Pane, isSpan: true);
                row.Number(StateColumn.Count, sample.Count);
                row.Sample(StateColumn.Devices, sample);
            }
        };
    }

    /// <summary>Reads a row.</summary>
    /// <exception cref="Errors.IndicatorDataException">The row is none.</exception>
    public void Read(in StateRow row)
    {
        var stored = values.NewSample();
        try
        {
            if (!SampleBytes.TryRead(row.Bytes(StateColumn.Devices), row.Number(StateColumn.Count, 1, long.MaxValue), stored))
            {
                throw row.Fault(StateColumn.Devices, "the values of a quantile are none, or not as many as the row says");
            }

            values[new QuantileKey(kind, new PaneKey(row.Leaf(), row.Pane(isSpan: true)))].MergeFrom(stored);
        }
        finally
        {
            stored.Clear();
        }
    }

    private static int Compare(StateKeys keys, in PaneKey left, in PaneKey right) =>
        keys.Compare(left.Leaf, right.Leaf) is not 0 and var order ? order : left.Pane.CompareTo(right.Pane);
}
