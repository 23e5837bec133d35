namespace IndicatorCore.Generation.Model;

/// <summary>A physical asset.</summary>
internal sealed record DeviceModel
{
    /// <summary>The number among all devices of the province, unregistered ones included.</summary>
    public required int Index { get; init; }

    public required string Id { get; init; }

    public required FactoryModel Factory { get; init; }

    /// <summary>The registry's rows; none when the device is not registered.</summary>
    public required IReadOnlyList<Assignment> Assignments { get; init; }

    public required bool IsKey { get; init; }

    /// <summary>module, gateway, cpe, pad or machine.</summary>
    public required string Kind { get; init; }

    /// <summary>The gateway that it speaks through, or empty.</summary>
    public required string Behind { get; init; }

    /// <summary>The registry's access: nr, wired or wifi.</summary>
    public required string Access { get; init; }

    public required Presence Presence { get; init; }

    /// <summary>The day from which the device sends nothing any more; later than its retirement for a few.</summary>
    public required int QuietFrom { get; init; }

    /// <summary>The line on a day, or null when not in service.</summary>
    public LineModel? LineOn(int day)
    {
        foreach (var assignment in Assignments)
        {
            if (assignment.Holds(day))
            {
                return assignment.Line;
            }
        }

        return null;
    }
}
