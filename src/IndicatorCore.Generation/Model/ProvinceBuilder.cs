using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Model;

/// <summary>Draws the province from the seed.</summary>
internal static class ProvinceBuilder
{
    private static readonly string[] s_classes = ["产线级", "车间级", "工厂级"];
    private static readonly string[] s_operators = ["辽宁移动", "辽宁联通", "辽宁电信"];

    public static ProvinceModel Build(GenerationOptions options)
    {
        var start = LocalCalendar.Day(options.Start);
        var end = start + options.Days;
        var hotStart = end - options.HotDayCount;
        var count = options.FactoryCount;
        var scale = Math.Clamp(options.Rows / (count * 8_000L), 1, 12);
        var lineFactor = scale >= 6 ? 3 : scale >= 3 ? 2 : 1;
        var deviceFactor = scale >= 9 ? 3 : scale >= 4 ? 2 : 1;

        var factories = new List<FactoryModel>(count);
        var lines = new List<LineModel>();
        var devices = new List<DeviceModel>();
        var radio = new List<DeviceModel>();
        for (var i = 0; i < count; i++)
        {
            var factory = Factory(options.Seed, i, factories);
            factories.Add(factory);
            var draw = Draw.For(options.Seed, Purpose.Line, i);
            var own = Lines(options, factory, lines.Count, lineFactor, start, end, ref draw);
            foreach (var line in own)
            {
                Devices(options, line, own, deviceFactor, hotStart, end, devices, radio);
            }

            lines.AddRange(own);

            // Somebody plugged in a spare modem and told nobody.
            if (options.Faults && i % 4 == 2)
            {
                devices.Add(new DeviceModel
                {
                    Index = devices.Count,
                    Id = $"{factory.Id}-X{i:D4}",
                    Factory = factory,
                    Assignments = [],
                    IsKey = false,
                    Kind = "module",
                    Behind = string.Empty,
                    Access = "nr",
                    Presence = Presence.Steady,
                    QuietFrom = int.MaxValue,
                });
            }
        }

        return new ProvinceModel
        {
            Seed = options.Seed,
            StartDay = start,
            EndDay = end,
            HotStartDay = hotStart,
            Faults = options.Faults,
            Factories = factories,
            Lines = lines,
            Devices = devices,
            RadioDevices = radio,
        };
    }

    private static FactoryModel Factory(ulong seed, int index, List<FactoryModel> earlier)
    {
        var draw = Draw.For(seed, Purpose.Factory, index);
        var city = City.All[index % City.All.Count];
        var district = draw.Below(2);
        var industry = Industry.All[(index + (index / 10)) % Industry.All.Count];
        var isSmall = index % 3 == 0;
        var columns = isSmall ? draw.Between(5, 7) : draw.Between(6, 9);
        var rows = isSmall ? draw.Between(5, 6) : draw.Between(5, 8);
        var floors = !isSmall && draw.Chance(300_000) ? 2 : 1;
        var target = columns * rows * floors;

        // Every ninth factory measured only two thirds of its plan; the others nearly all of it.
        var walked = index % 9 == 7 ? target * 2 / 3 : target - draw.Below(target / 12);

        // Every eleventh enterprise has a second factory.
        var sister = index % 11 == 10 ? earlier[index - 7] : null;
        var name = $"{city.Name}{industry.Name}{index + 1:D3}";
        return new FactoryModel
        {
            Index = index,
            Id = $"F{index + 1:D3}",
            Name = $"{name}工厂",
            Enterprise = sister?.Enterprise ?? $"{name}有限公司",
            CreditCode = sister?.CreditCode ?? $"912101{200_000_000 + (index * 97):D9}{index % 10}Q{index % 7}",
            City = city.Name,
            District = city.Districts[district],
            Industry = industry.Name,
            Class = s_classes[index % 3],
            Park = draw.Chance(700_000) ? city.Park : string.Empty,
            Zone = draw.Chance(800_000) ? city.Zone : string.Empty,
            Operator = s_operators[draw.Below(3)],
            Columns = columns,
            Rows = rows,
            Floors = floors,
            Origin = -2,
            WalkedCells = walked,
            RecordsLabour = index % 8 != 5,
            SignalShift = draw.Bell(40),
        };
    }

    private static List<LineModel> Lines(
        GenerationOptions options, FactoryModel factory, int firstIndex, int factor, int start, int end, ref Draw draw)
    {
        var few = (factory.Index % 3) switch { 0 => draw.Between(1, 2), 1 => draw.Between(2, 3), _ => draw.Between(2, 4) };
        var lines = new List<LineModel>();
        var industry = Industry.All.First(candidate => candidate.Name == factory.Industry);

        // Go-lives lie so that the same-season baseline is inside the data and the after span has 140 days or more.
        var earliest = Math.Max(start + 340, end - 330);
        var latest = Math.Max(earliest + 1, end - 170);
        for (var i = 0; i < (options.Lines ?? (few * factor)); i++)
        {
            var index = firstIndex + i;
            var goLive = draw.Between(earliest, latest);
            var shifted = Math.Min(goLive + 334, end) - 364;
            var young = index % 17 == 9;
            var goLives = (index % 13) switch
            {
                _ when !options.HasPhases => [],
                5 => Array.Empty<int>(),
                8 when options.Days >= 640 => [goLive - 200, goLive],
                11 when !young => [end - draw.Between(95, 105)],
                _ => [goLive],
            };
            var unit = index % 19 == 16 ? "箱" : industry.Unit;
            var products = new List<ProductModel>();
            var count = draw.Between(2, 3);
            for (var p = 0; p < count; p++)
            {
                var isLast = p == count - 1;
                products.Add(new ProductModel
                {
                    Slot = p,
                    Id = $"{industry.Products[p]}-{factory.Id}",
                    Unit = isLast ? unit : industry.Unit,
                    MilliPerHour = industry.MilliPerHour * draw.Between(70, 130) / 100,
                    FenPerUnit = industry.FenPerUnit * draw.Between(70, 130) / 100,
                    FirstDay = isLast && index % 6 == 3 && goLives.Length > 0 ? goLives[^1] + 40 : int.MinValue,
                    LosesOutput = options.Faults && p == 0 && index % 10 == 6,
                    LosesElement = options.Faults && p == 1 && index % 10 == 2,
                });
            }

            lines.Add(new LineModel
            {
                Index = index,
                Id = $"{factory.Id}-L{i + 1:D2}",
                Workshop = $"{factory.Id}-W{(i / 2) + 1}",
                Factory = factory,
                GoLives = goLives,
                FirstDay = young ? shifted - 15 : start,
                Products = products,
                Workers = draw.Between(4, 16),
                GainPermille = draw.Between(-30, 240),
                SavingPermille = draw.Between(-20, 180),
                WattHoursAShift = draw.Between(400_000, 4_000_000),
                HasCost = !young,
            });
        }

        return lines;
    }

    private static void Devices(
        GenerationOptions options, LineModel line, List<LineModel> siblings, int factor, int hotStart, int end, List<DeviceModel> devices,
        List<DeviceModel> radio)
    {
        var draw = Draw.For(options.Seed, Purpose.Device, line.Index);
        var drawn = draw.Between(7, 14) * factor;
        var count = options.Devices ?? drawn;
        var gateway = string.Empty;
        for (var i = 0; i < count; i++)
        {
            var id = $"{line.Id}-D{i + 1:D3}";
            string kind;
            if (i % 7 == 0)
            {
                (kind, gateway) = (i == 0 ? "gateway" : "cpe", id);
            }
            else
            {
                kind = (i % 7) switch { 1 or 2 => "module", 3 when i < 7 => "pad", _ => "machine" };
            }

            var isMachine = kind == "machine";
            var isKey = isMachine || kind == "module" ? draw.Chance(850_000) : draw.Chance(150_000);
            var silent = isKey && draw.Chance(50_000);
            var flaky = isKey && !silent && draw.Chance(120_000);
            var assignments = new List<Assignment>();
            var quiet = int.MaxValue;
            var fate = draw.Below(100);
            if (fate < 3)
            {
                // Retired before or inside the window; one in three goes on sending.
                var retired = end - draw.Between(2, 50);
                assignments.Add(new Assignment(line, Assignment.Always, retired));
                quiet = fate == 0 && options.Faults ? int.MaxValue : retired;
            }
            else if (fate < 6 && siblings.Count > 1)
            {
                // Moved to the next line inside the window; the module in between has its own registry rows.
                var moved = end - draw.Between(3, 25);
                assignments.Add(new Assignment(line, Assignment.Always, moved));
                assignments.Add(new Assignment(siblings[(siblings.IndexOf(line) + 1) % siblings.Count], moved, Assignment.Forever));
            }
            else if (fate < 9)
            {
                // Taken into service inside the window, and tried out before.
                assignments.Add(new Assignment(line, end - draw.Between(2, 28), Assignment.Forever));
            }
            else
            {
                assignments.Add(new Assignment(line, Assignment.Always, Assignment.Forever));
            }

            var device = new DeviceModel
            {
                Index = devices.Count,
                Id = id,
                Factory = line.Factory,
                Assignments = assignments,
                IsKey = isKey,
                Kind = kind,
                Behind = isMachine ? gateway : string.Empty,
                Access = isMachine ? (draw.Chance(800_000) ? "wired" : "wifi") : "nr",
                Presence = silent ? Presence.Silent : flaky ? Presence.Flaky : Presence.Steady,
                QuietFrom = quiet,
            };
            devices.Add(device);

            // A modem whose registry row changes inside the survey would leave samples without a line; moves leave none.
            if (!isMachine && !silent && device.LineOn(hotStart) is not null && device.LineOn(end - 1) is not null)
            {
                radio.Add(device);
            }
        }
    }
}
