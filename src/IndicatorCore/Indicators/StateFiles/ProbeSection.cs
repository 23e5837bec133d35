using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Probes by leaf and span, with the sample of their latencies.</summary>
/// <param name="name">The section's name.</param>
/// <param name="kind">Of which kind the latencies are (<see cref="ValueKind"/>).</param>
/// <param name="values">The values of the state.</param>
internal sealed class ProbeSection(string name, int kind, QuantileStore values) : IStateSection<PaneKey, ProbeCell>
{
    public string Name => name;

    public void Use(StateKeys keys, in PaneKey key, ProbeCell cell) => keys.Use(key.Leaf);

    public int Compare(StateKeys keys, in PaneKey left, in PaneKey right) =>
        keys.Compare(left.Leaf, right.Leaf) is not 0 and var order ? order : left.Pane.CompareTo(right.Pane);

    public void Write(StateRowWriter row, in PaneKey key, ProbeCell cell)
    {
        row.Leaf(key.Leaf);
        row.Pane(key.Pane, isSpan: true);
        row.Evidence(cell.Rows);
        row.Number(StateColumn.Valid, cell.Valid);
        row.Number(StateColumn.Missing, cell.Missing);
        row.Number(StateColumn.Invalid, cell.Invalid);
        row.Number(StateColumn.Count, cell.Lost);

        // a row fills every column of its section, or those of later rows would move up
        row.Sample(StateColumn.Devices, cell.Valid > 0 ? values[new QuantileKey(kind, key)] : null);
    }

    public (PaneKey Key, ProbeCell Cell) Read(in StateRow row)
    {
        var key = new PaneKey(row.Leaf(), row.Pane(isSpan: true));
        var cell = new ProbeCell
        {
            Rows = row.Evidence(),
            Valid = row.Count(StateColumn.Valid),
            Lost = row.Count(StateColumn.Count),
            Missing = row.Count(StateColumn.Missing),
            Invalid = row.Count(StateColumn.Invalid),
        };
        if (cell.Valid > 0)
        {
            var stored = values.NewSample();
            try
            {
                if (!SampleBytes.TryRead(row.Bytes(StateColumn.Devices), cell.Valid, stored))
                {
                    throw row.Fault(StateColumn.Devices, "the values of a quantile are none, or not as many as the row says");
                }

                values[new QuantileKey(kind, key)].MergeFrom(stored);
            }
            finally
            {
                stored.Clear();
            }
        }

        return (key, cell);
    }
}
