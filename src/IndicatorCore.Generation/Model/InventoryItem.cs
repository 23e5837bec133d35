namespace IndicatorCore.Generation.Model;

/// <summary>A row of the registry that is in force from one local day (inclusive) to another (exclusive).</summary>
/// <param name="Id">The asset's id, the scenario's or the system's name as written.</param>
/// <param name="Meaning">What it counts as: the kind of asset, the canonical scenario, the system's code; empty for what counts as none.</param>
/// <param name="Written">The kind as written; of scenarios the devices bound to it.</param>
/// <param name="From">The first day, or the least integer.</param>
/// <param name="To">The day after the last one, or the greatest integer.</param>
internal sealed record InventoryItem(string Id, string Meaning, string Written, int From, int To)
{
    public bool IsInForce(int day) => day >= From && day < To;
}
