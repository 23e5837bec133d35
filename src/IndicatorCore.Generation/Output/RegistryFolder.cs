using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Output;

/// <summary>Writes the registry (interface 2) as CSV: some files with Chinese headings, one with a byte order mark.</summary>
internal static class RegistryFolder
{
    public static void Write(string folder, ProvinceModel province)
    {
        Directory.CreateDirectory(folder);
        WriteFactories(Path.Combine(folder, "factories.csv"), province);
        WriteLines(Path.Combine(folder, "lines.csv"), province);
        WriteDevices(Path.Combine(folder, "devices.csv"), province);
        WriteCells(Path.Combine(folder, "grid_cells.csv"), province);
        WriteZones(Path.Combine(folder, "zones.csv"), province);
        WriteDeclared(Path.Combine(folder, "declared.csv"), province);
    }

    private static void WriteFactories(string path, ProvinceModel province)
    {
        using var csv = new CsvFile(path, mark: false);
        csv.Row("factory", "name", "enterprise", "credit_code", "city", "district", "province", "industry", "class", "park", "zone",
            "operator", "5G基站数量-宏站", "5G基站数量-微站");
        foreach (var factory in province.Factories)
        {
            csv.Row(factory.Id, factory.Name, factory.Enterprise, factory.CreditCode, factory.City, factory.District, "辽宁",
                factory.Industry, factory.Class, factory.Park, factory.Zone, factory.Operator, $"{1 + (factory.Index % 3)}",
                $"{2 + (factory.TargetCells / 12)}");
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
                    assignment.From == Assignment.Always ? string.Empty : Date(assignment.From),
                    assignment.To == Assignment.Forever ? string.Empty : Date(assignment.To));
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
        foreach (var city in City.All.Where(static city => city.Zone.Length > 0))
        {
            var factories = province.Factories.Count(factory => factory.Zone == city.Zone);
            csv.Row(city.Zone, $"{280_000 + (city.Zone.Length * 41_000) + (factories * 9_000)}", $"{320 + (factories * 17)}", "3",
                $"{factories}");
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

    private static string Date(int day) => LocalCalendar.Date(day).ToString("yyyy-MM-dd");
}
