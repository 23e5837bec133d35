namespace IndicatorCore.Indicators.Definitions;

/// <summary>Online time of the devices of a group in a window.</summary>
internal sealed class AvailabilityTotals : ArrivalTotals
{
    /// <summary>Nanoseconds in which devices were online while they had to be.</summary>
    public Int128 Up { get; set; }

    /// <summary>Nanoseconds in which they had to be.</summary>
    public Int128 Required { get; set; }

    /// <summary>Whether a device was heard that the registry does not know.</summary>
    public bool HasUnregistered { get; set; }
}
