using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Output;

/// <summary>Writes the registry (interface 2) as CSV: some files with Chinese headings, one with a byte order mark.</summary>
internal static class RegistryFolder
{
    private static readonly string[] s_marks = ["网络安全分级分类管理", "网络安全责任部门", "网络安全监测管理制度", "网络安全设施设备", "网络安全应急预案"];

    public static void Write(string folder, ProvinceModel province)
    {
        Directory.CreateDirectory(folder);
        WriteFactories(Path.Combine(folder, "factories.csv"), province);
        WriteLines(Path.Combine(folder, "lines.csv"), province);
        WriteDevices(Path.Combine(folder, "devices.csv"), province);
        WriteCells(Path.Combine(folder, "grid_cells.csv"), province);
        WriteZones(Path.Combine(folder, "zones.csv"), province);
        WriteAssets(Path.Combine(folder, "assets.csv"), province);
        WriteScenarios(Path.Combine(folder, "scenarios.csv"), province);
        WriteSystems(Path.Combine(folder, "systems.csv"), province);
        WriteDeclared(Path.Combine(folder, "declared.csv"), province);
    }

    private static void WriteFactories(string path, ProvinceModel province)
    {
        using var csv = new CsvFile(path, mark: false);
        csv.Row(["factory", "name", "enterprise", "credit_code", "city", "district", "province", "industry", "class", "park", "zone",
            "operator", "5G基站数量-宏站", "5G基站数量-微站", .. s_marks, "全员劳动生产率（万元/人）", "百元营业收入成本（元）"]);
        foreach (var factory in province.Factories)
        {
            var inventory = Inventory.Of(province, factory);
            csv.Row([factory.Id, factory.Name, factory.Enterprise, factory.CreditCode, factory.City, factory.District, "辽宁",
                factory.Industry, factory.Class, factory.Park, factory.Zone, factory.Operator, $"{inventory.PrintedMacro}", $"{inventory.PrintedMicro}",
                .. inventory.SecurityMarks.Select(static mark => mark switch { null => string.Empty, true => "是", _ => "否" }),
                Hundredths(inventory.ProductivityHundredths), Hundredths(inventory.CostFen)]);
        }
    }

    private static void WriteAssets(string path, ProvinceModel province)
    {
        using var csv = new CsvFile(path, mark: false);
        csv.Row("asset", "kind", "factory", "valid_from", "valid_to");
        foreach (var factory in province.Factories)
        {
            foreach (var asset in Inventory.Of(province, factory).Assets)
            {
                csv.Row(asset.Id, asset.Written, factory.Id, From(asset.From), To(asset.To));
            }
        }
    }

    private static void WriteScenarios(string path, ProvinceModel province)
    {
        using var csv = new CsvFile(path, mark: false);
        csv.Row("factory", "scenario", "device", "valid_from", "valid_to");
        foreach (var factory in province.Factories)
        {
            foreach (var scenario in Inventory.Of(province, factory).Scenarios)
            {
                csv.Row(factory.Id, scenario.Id, scenario.Written, From(scenario.From), To(scenario.To));
            }
        }
    }

    private static void WriteSystems(string path, ProvinceModel province)
    {
        using var csv = new CsvFile(path, mark: false);
        csv.Row("factory", "system", "valid_from", "valid_to");
        foreach (var factory in province.Factories)
        {
            foreach (var system in Inventory.Of(province, factory).Systems)
            {
                csv.Row(factory.Id, system.Id, From(system.From), To(system.To));
            }
        }
    }

    private static void WriteLines(string path, ProvinceModel province)
    {
        using var csv = new CsvFile(path, mark: true);
        csv.Row("产线编号", "车间", "工厂编号", "投产日期", "佐证编号");
        foreach (var line in province.Lines)
        {
            // One row a go-live; a line without one still has its row.
            foreach (var goLive in line.GoLives.DefaultIfEmpty(int.MinValue))
            {
                var isLive = goLive != int.MinValue;
                csv.Row(line.Id, line.Workshop, line.Factory.Id, isLive ? Date(goLive) : string.Empty,
                    isLive ? $"YS-{LocalCalendar.Date(goLive).Year}-{line.Id}" : string.Empty);
            }
        }
    }

    private static void WriteDevices(string path, ProvinceModel province)
    {
        using var csv = new CsvFile(path, mark: false);
        csv.Row("设备编号", "产线编号", "是否关键设备", "设备类型", "所属网关", "接入方式", "生效日期", "失效日期");
        foreach (var device in province.Devices)
        {
            foreach (var assignment in device.Assignments)
            {
                csv.Row(device.Id, assignment.Line.Id, device.IsKey ? "是" : "否", device.Kind, device.Behind, device.Access,
                    From(assignment.From), To(assignment.To));
            }
        }
    }

    private static void WriteCells(string path, ProvinceModel province)
    {
        using var csv = new CsvFile(path, mark: false);
        csv.Row("factory", "floor", "ix", "iy");
        foreach (var factory in province.Factories)
        {
            for (var cell = 0; cell < factory.TargetCells; cell++)
            {
                var perFloor = factory.Columns * factory.Rows;
                csv.Row(factory.Id, $"{cell / perFloor}", $"{factory.Origin + (cell % perFloor % factory.Columns)}",
                    $"{factory.Origin + (cell % perFloor / factory.Columns)}");
            }
        }
    }

    private static void WriteZones(string path, ProvinceModel province)
    {
        using var csv = new CsvFile(path, mark: false);
        csv.Row("先导区", "常住人口", "5G基站数量", "国家级、省级工业互联网平台数量", "国家级、省级5G工厂数量");
        foreach (var zone in ZoneModel.Of(province))
        {
            csv.Row(zone.Name, $"{zone.Population}", $"{zone.Stations}", $"{ZoneModel.Platforms}", $"{zone.Factories}");
        }
    }

    private static void WriteDeclared(string path, ProvinceModel province)
    {
        using var csv = new CsvFile(path, mark: false);
        csv.Row("工厂编号", "指标", "申报值");
        foreach (var factory in province.Factories)
        {
            // Every third factory declares more than it has.
            var draw = Draw.For(province.Seed, Purpose.Declared, factory.Index);
            var lines = province.Lines.Where(line => line.Factory.Index == factory.Index).ToList();
            var boast = factory.Index % 3 == 1 ? 15 : draw.Between(-1, 1);
            var gain = (int)lines.Average(static line => line.GainPermille) / 10;
            var saving = (int)lines.Average(static line => line.SavingPermille) / 10;
            csv.Row(factory.Id, "knr", $"{Math.Min(100, 91 + boast)}%");
            csv.Row(factory.Id, "cov_grid", $"{Math.Min(100, 92 + boast)}%以上");
            csv.Row(factory.Id, "eff_gain", $"约{Math.Max(1, gain + boast)}%");
            csv.Row(factory.Id, "cost_red", $"＞{Math.Max(1, saving + boast)}%");
        }
    }

    private static string From(int day) => day == Assignment.Always ? string.Empty : Date(day);

    private static string To(int day) => day == Assignment.Forever ? string.Empty : Date(day);

    private static string Hundredths(int? value) => value is null ? string.Empty : $"{value / 100}.{value % 100:D2}";

    private static string Date(int day) => LocalCalendar.Date(day).ToString("yyyy-MM-dd");
}
