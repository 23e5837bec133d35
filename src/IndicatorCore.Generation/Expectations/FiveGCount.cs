namespace IndicatorCore.Generation.Expectations;

/// <summary>Devices of a scope over 5G.</summary>
/// <param name="KeyDevices">Key devices with NR evidence in the window of knr.</param>
/// <param name="Terminals">Terminals in use.</param>
/// <param name="Machines">Production devices connected over 5G.</param>
/// <param name="Online">Key devices online at the last instant.</param>
internal readonly record struct FiveGCount(int KeyDevices, int Terminals, int Machines, int Online);
