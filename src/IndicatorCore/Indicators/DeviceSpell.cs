using IndicatorCore.Registry;

namespace IndicatorCore.Indicators;

/// <summary>A time that a device spends at one place.</summary>
/// <param name="Days">The local days.</param>
/// <param name="Line">The line's number, -1 without.</param>
/// <param name="IsKey">Whether it is a key device.</param>
/// <param name="Record">The registry's row.</param>
internal readonly record struct DeviceSpell(LocalDayRange Days, int Line, bool IsKey, DeviceRecord Record);
