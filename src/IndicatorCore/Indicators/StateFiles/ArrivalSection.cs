using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Rows of the tables that only order-dependent indicators are made of, by leaf, span and reason of quarantine.</summary>
internal sealed class ArrivalSection : IStateSection<ArrivalKey, ArrivalCell>
{
    public string Name => StateSections.Arrival;

    public void Use(StateKeys keys, in ArrivalKey key, ArrivalCell cell) => keys.Use(key.Place.Leaf);

    public int Compare(StateKeys keys, in ArrivalKey left, in ArrivalKey right)
    {
        var order = left.Table.CompareTo(right.Table);
        order = order != 0 ? order : keys.Compare(left.Place.Leaf, right.Place.Leaf);
        order = order != 0 ? order : left.Place.Pane.CompareTo(right.Place.Pane);
        return order != 0 ? order : left.Reason.CompareTo(right.Reason);
    }

    public void Write(StateRowWriter row, in ArrivalKey key, ArrivalCell cell)
    {
        row.Name(StateColumn.Table, StateNames.Tables[key.Table]);
        if (key.Reason == QuarantineReason.None)
        {
            row.Null(StateColumn.Reason);
        }
        else
        {
            row.Name(StateColumn.Reason, QuarantineNames.Of(key.Reason));
        }

        row.Leaf(key.Place.Leaf);
        row.Pane(key.Place.Pane, isSpan: true);
        row.Evidence(cell.Rows);
        row.Number(StateColumn.Valid, cell.Valid);
        row.Number(StateColumn.Missing, cell.Missing);
        row.Number(StateColumn.Invalid, cell.Invalid);
    }

    public (ArrivalKey Key, ArrivalCell Cell) Read(in StateRow row)
    {
        var reason = row.Optional(StateColumn.Reason) is null ? QuarantineReason.None : (QuarantineReason)(row.Index(StateColumn.Reason, StateNames.Reasons) + 1);
        return (
            new ArrivalKey(row.Index(StateColumn.Table, StateNames.Tables), new PaneKey(row.Leaf(), row.Pane(isSpan: true)), reason),
            new ArrivalCell
            {
                Rows = row.Evidence(),
                Valid = row.Count(StateColumn.Valid),
                Missing = row.Count(StateColumn.Missing),
                Invalid = row.Count(StateColumn.Invalid),
            });
    }
}
