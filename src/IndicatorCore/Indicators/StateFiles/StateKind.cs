namespace IndicatorCore.Indicators.StateFiles;

/// <summary>The keys whose numbers a state file translates; each has a dictionary of its own.</summary>
internal enum StateKind
{
    Factory,
    Workshop,
    Line,
    Device,
    Product,
    Unit,
    Element,
    Other,
}
