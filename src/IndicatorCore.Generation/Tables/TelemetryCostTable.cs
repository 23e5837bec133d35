using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Output;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Tables;

/// <summary>The ledger rows of <c>telemetry</c>; without null amounts, which would make no cost row.</summary>
internal sealed class TelemetryCostTable(TelemetryShape shape, CostSimulation simulation, Ledger ledger)
    : TableSource(shape.Shape, simulation.Candidates)
{
    public override bool Emit(long index, BatchBuffer batch)
    {
        if (!simulation.TryRow(index, nulls: false, out var row))
        {
            return false;
        }

        var start = LocalCalendar.Midnight(LocalCalendar.MonthStart(row.Month));
        batch[TelemetryShape.EventTime].Add(start);
        batch[TelemetryShape.PeriodEnd].Add(LocalCalendar.Midnight(LocalCalendar.MonthStart(row.Month + 1)));
        batch[TelemetryShape.Line].Add(row.Line.Index);
        batch[TelemetryShape.Product].Add(shape.Products[row.Product.Id]);
        batch[TelemetryShape.Element].Add(shape.Elements[row.Element]);
        batch[TelemetryShape.Amount].Add(row.Fen / 100.0);
        batch[TelemetryShape.ProjectCost].Add((bool?)row.IsProjectCost);
        batch.EndRow();
        ledger.Clock.Accept(start, null);
        ledger.Cost.Add(row);
        return true;
    }
}
