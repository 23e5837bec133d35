using IndicatorCore.Generation.Model;

namespace IndicatorCore.Tests.Generation;

/// <summary>A province small enough to reckon by hand: one factory a name, lines as asked for.</summary>
internal sealed class TinyProvince
{
    private readonly List<FactoryModel> _factories = [];
    private readonly List<LineModel> _lines = [];
    private readonly List<DeviceModel> _devices = [];

    public static int End { get; } = LocalCalendar.Day(new DateOnly(2025, 1, 1));

    public static int Start { get; } = LocalCalendar.Day(new DateOnly(2023, 1, 1));

    public FactoryModel Factory(string id, int columns = 2, int rows = 2)
    {
        var factory = new FactoryModel
        {
            Index = _factories.Count,
            Id = id,
            Name = id,
            Enterprise = "E-" + id,
            CreditCode = "C-" + id,
            City = "沈阳",
            District = "铁西区",
            Industry = "装备",
            Class = "工厂级",
            Park = string.Empty,
            Zone = string.Empty,
            Operator = "辽宁移动",
            Columns = columns,
            Rows = rows,
            Floors = 1,
            Origin = 0,
            WalkedCells = columns * rows,
            RecordsLabour = true,
            SignalShift = 0,
        };
        _factories.Add(factory);
        return factory;
    }

    public LineModel Line(FactoryModel factory, string id, DateOnly? goLive = null, params string[] products)
    {
        var line = new LineModel
        {
            Index = _lines.Count,
            Id = id,
            Workshop = "W",
            Factory = factory,
            GoLives = goLive is { } date ? [LocalCalendar.Day(date)] : [],
            FirstDay = Start,
            Products = [.. products.Select(static (name, slot) =>
                new ProductModel { Slot = slot, Id = name, Unit = "件", MilliPerHour = 1, FenPerUnit = 1 })],
            Workers = 1,
            GainPermille = 0,
            SavingPermille = 0,
            WattHoursAShift = 1,
            HasCost = true,
        };
        _lines.Add(line);
        return line;
    }

    public DeviceModel Device(LineModel? line, string id, int to = Assignment.Forever)
    {
        var device = new DeviceModel
        {
            Index = _devices.Count,
            Id = id,
            Factory = _factories[0],
            Assignments = line is null ? [] : [new Assignment(line, Assignment.Always, to)],
            IsKey = true,
            Kind = "module",
            Behind = string.Empty,
            Access = "nr",
            Presence = Presence.Steady,
            QuietFrom = int.MaxValue,
        };
        _devices.Add(device);
        return device;
    }

    public ProvinceModel Build() => new()
    {
        Seed = 1,
        StartDay = Start,
        EndDay = End,
        HotStartDay = End - 45,
        Faults = false,
        Factories = _factories,
        Lines = _lines,
        Devices = _devices,
        RadioDevices = _devices,
    };
}
