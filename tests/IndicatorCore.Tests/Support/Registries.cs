using IndicatorCore.Registry;

namespace IndicatorCore.Tests.Support;

/// <summary>Registry records in few words.</summary>
internal static class Registries
{
    /// <summary>Key devices given as <c>L1: A B C</c>, one text a line; every line belongs to factory F1.</summary>
    public static IndicatorRegistry Of(params string[] lines)
    {
        var parts = lines.Select(static line => line.Split(':', StringSplitOptions.TrimEntries)).ToList();
        return new IndicatorRegistry
        {
            Factories = [Factory("F1")],
            Lines = [.. parts.Select(static part => Line(part[0]))],
            Devices = [.. parts.SelectMany(static part => part[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(device => Device(device, part[0])))],
        };
    }

    public static FactoryRecord Factory(string id, params string[] parks) => new() { Factory = id, Enterprise = $"{id} Ltd", Province = "辽宁", Parks = parks };

    public static LineRecord Line(string id, string? goLive = null, string factory = "F1", string? from = null, string? to = null) => new()
    {
        Line = id,
        Factory = factory,
        Workshop = $"{factory}-W",
        GoLiveDate = goLive is null ? null : DateOnly.Parse(goLive),
        Evidence = goLive is null ? null : $"E-{id}",
        Valid = Days(from, to),
    };

    public static DeviceRecord Device(string id, string line, string? from = null, string? to = null, bool isKey = true) =>
        new() { Device = id, Line = line, IsKey = isKey, Valid = Days(from, to) };

    /// <summary>Target cells of a factory.</summary>
    public static IReadOnlyList<GridCellRecord> Cells(string factory, params (long X, long Y)[] cells) =>
        [.. cells.Select(cell => new GridCellRecord(factory, 0, cell.X, cell.Y))];

    private static DayBounds Days(string? from, string? to) => new(from is null ? null : DateOnly.Parse(from), to is null ? null : DateOnly.Parse(to));
}
