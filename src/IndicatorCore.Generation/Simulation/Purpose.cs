namespace IndicatorCore.Generation.Simulation;

/// <summary>What random numbers are for; each purpose has a sequence of its own.</summary>
internal enum Purpose
{
    Factory = 1,
    Line,
    Device,
    Presence,
    Connectivity,
    Radio,
    GridCell,
    Production,
    Cost,
    Energy,
    Probe,
    Counter,
    Session,
    Downtime,
    Declared,
    Order,
    Sequence,
    Reading,
    Inventory,
}
