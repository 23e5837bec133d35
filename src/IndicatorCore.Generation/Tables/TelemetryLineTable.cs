using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary>The line rows of <c>telemetry</c>: energy, and output where the line worked.</summary>
internal sealed class TelemetryLineTable(
    TelemetryShape shape, ProductionSimulation production, EnergySimulation energy, Ledger ledger)
    : TableSource(shape.Shape, production.Candidates)
{
    public override bool Emit(long index, BatchBuffer batch)
    {
        energy.Row(index, out var meter);
        batch[TelemetryShape.EventTime].Add(meter.Start);
        batch[TelemetryShape.IntervalEnd].Add(meter.End);
        batch[TelemetryShape.Line].Add(meter.Line.Index);
        batch[TelemetryShape.Energy].Add(EnergyTable.Number(meter));
        ledger.Energy.Add(meter);
        ledger.Clock.Accept(meter.Start, null, meter.End);
        if (production.TryRow(index, out var row))
        {
            batch[TelemetryShape.Product].Add(shape.Products[row.Product.Id]);
            batch[TelemetryShape.Unit].Add(shape.Units[row.Product.Unit]);
            batch[TelemetryShape.Good].Add(ProductionTable.Good(row));
            batch[TelemetryShape.Total].Add(row.TotalMilli / 1000.0);
            batch[TelemetryShape.Labour].Add(row.LabourTwentieths / 20.0);
            batch[TelemetryShape.Busy].Add(row.BusyTwentieths / 20.0);

            // "A row feeds a table only if one of that table's required measures is not null" (interface 1): with a null q_good this is
            // no production row at all, with NaN it is one whose output is missing.
            if (row.HasGood || row.GoodIsNotANumber)
            {
                ledger.Production.Add(row);
                ledger.Support.Add(row);
            }

            // the row feeds both tables, so its output is the energy's own
            if (row.HasGood && meter.State == LevelState.Number)
            {
                ledger.Support.AddOwn(meter, row.Product.Unit, row.GoodMilli);
            }
        }

        batch.EndRow();
        return true;
    }
}
