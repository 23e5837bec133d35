namespace IndicatorCore.Aggregation;

/// <summary>A cohort of devices (or one device, when a level of grouping names it) in a pane.</summary>
/// <param name="Cohort">The cohort: devices with the same history in the registry; -1 = not in the registry.</param>
/// <param name="Device">The device's number, or -1 when no level names it.</param>
/// <param name="Pane">The pane.</param>
internal readonly record struct ConnectivityKey(int Cohort, int Device, int Pane);
