namespace IndicatorCore.Generation.Model;

/// <summary>Everything that exists before the first row: the calendar, factories, lines, devices.</summary>
internal sealed record ProvinceModel
{
    public required ulong Seed { get; init; }

    /// <summary>The first local day of production, energy and cost.</summary>
    public required int StartDay { get; init; }

    /// <summary>The day after the last one; the reference date.</summary>
    public required int EndDay { get; init; }

    /// <summary>The first local day of the high-volume tables.</summary>
    public required int HotStartDay { get; init; }

    public required bool Faults { get; init; }

    public required IReadOnlyList<FactoryModel> Factories { get; init; }

    public required IReadOnlyList<LineModel> Lines { get; init; }

    public required IReadOnlyList<DeviceModel> Devices { get; init; }

    /// <summary>The devices whose modems report radio samples.</summary>
    public required IReadOnlyList<DeviceModel> RadioDevices { get; init; }

    public int HotDays => EndDay - HotStartDay;
}
