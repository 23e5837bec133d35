namespace IndicatorCore.Generation.Expectations;

/// <summary>Time of the devices of a scope, milliseconds.</summary>
internal sealed class DeviceTimeCount
{
    public bool HasRows { get; set; }

    public Int128 Up { get; set; }

    public Int128 Required { get; set; }

    public bool HasUnregistered { get; set; }

    public void Add(DeviceTimeCount other)
    {
        HasRows |= other.HasRows;
        Up += other.Up;
        Required += other.Required;
        HasUnregistered |= other.HasUnregistered;
    }
}
