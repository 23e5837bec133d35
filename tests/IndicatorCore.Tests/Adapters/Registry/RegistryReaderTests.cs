using System.Text;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Errors;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Adapters.Registry;

public sealed class RegistryReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_table_and_column_is_read()
    {
        _folder.Write("devices.csv", "device,line,is_key,kind,behind,access,valid_from,valid_to\nD1,L1,1,machine,G1,nr,2024-01-01,2024/2/1\nG1,L1,false,gateway,,NR,,\n");
        _folder.Write("lines.csv", "line,workshop,factory,go_live,evidence\nL1,W1,F1,2024-03-01,DOC-1\nL2,,F1,2024-03-01T08:00:00+08:00,\nL2,,F1,2024-03-01 00:00:00Z,\nL3,W1,F1,,\n");
        _folder.Write("factories.csv", "factory,name,park,zone,operator,class,5G终端数,valid_to\nF1,\"甲, 厂\",P1; P2,Z1,CMCC；CT,工厂级, 12 ,20250101\n");
        _folder.Write("grid_cells.csv", "factory,floor,ix,iy\nF1,-1,-3,4\nF1,,9,9\n");
        _folder.Write("zones.csv", "zone,population,宏站\nZ1,1200000,55\nZ2,,\n");
        _folder.Write("declared.csv", "factory,indicator,text\nF1,cov_grid,95%以上\n");
        _folder.Write("README.md", "not a table");

        var registry = RegistryReader.Read(_folder.Path);

        Assert.Equal(
            [
                new DeviceRecord
                {
                    Device = "D1",
                    Line = "L1",
                    IsKey = true,
                    Kind = "machine",
                    Behind = "G1",
                    Access = "nr",
                    Valid = new DayBounds(new DateOnly(2024, 1, 1), new DateOnly(2024, 2, 1)),
                },
                new DeviceRecord { Device = "G1", Line = "L1", Kind = "gateway", Access = "NR" },
            ],
            registry.Devices);
        Assert.Equal(new DateOnly(2024, 3, 1), registry.Lines[0].GoLiveDate);
        Assert.Null(registry.Lines[0].GoLiveInstant);
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 8, 0, 0, TimeSpan.FromHours(8)), registry.Lines[1].GoLiveInstant);
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero), registry.Lines[2].GoLiveInstant);
        Assert.Equal("DOC-1", registry.Lines[0].Evidence);
        Assert.Null(registry.Lines[3].GoLiveDate);
        var factory = Assert.Single(registry.Factories);
        Assert.Equal("甲, 厂", factory.Name);
        Assert.Equal(["P1", "P2"], factory.Parks);
        Assert.Equal(["CMCC", "CT"], factory.Operators);
        Assert.Equal("12", factory.Additional["5G终端数"]);
        Assert.Equal(new DateOnly(2025, 1, 1), factory.Valid.To);
        Assert.Equal([new GridCellRecord("F1", -1, -3, 4), new GridCellRecord("F1", 0, 9, 9)], registry.GridCells);
        Assert.Equal(1_200_000, registry.Zones[0].Population);
        Assert.Equal("55", registry.Zones[0].Additional["宏站"]);
        Assert.Null(registry.Zones[1].Population);
        Assert.Equal([new DeclaredRecord("F1", "cov_grid", "95%以上")], registry.Declared);
        Assert.Equal(64, registry.Digest.Length);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("GB18030", false)]
    public void Chinese_headings_in_any_encoding_say_the_same_as_English_ones(string encoding, bool mark)
    {
        const string Chinese = "设备编号,产线 编号,是否关键设备,设备类型,所属网关,接入方式,生效日期,失效日期\r\n数控机床2,L1,否,,,,,\r\n数控机床1,L1,是,machine,,nr,2024年1月5日,\r\n";
        const string English = "VALID_FROM, Is Key ,device,line,kind,access\n2024-1-5,true,数控机床1,L1,machine,nr\n,0,数控机床2,L1,,\n";
        var bytes = IndicatorCore.Sources.TextEncodings.TryGet(encoding)!.GetBytes(Chinese);
        _folder.Write("devices.csv", mark ? [0xEF, 0xBB, 0xBF, .. bytes] : bytes);
        var chinese = RegistryReader.Read(_folder.Path);
        _folder.Write("devices.csv", English);
        var english = RegistryReader.Read(_folder.Path);

        Assert.Equal(english.Digest, chinese.Digest);
        Assert.Equal(english.Devices, chinese.Devices.Reverse());
        Assert.Equal("数控机床1", english.Devices[0].Device);
        Assert.True(english.Devices[0].IsKey);
    }

    [Fact]
    public void Scenarios_systems_and_assets_are_read_under_either_language()
    {
        _folder.Write("lines.csv", "line\nL\n");
        var without = RegistryReader.Read(_folder.Path).Digest;
        _folder.Write("scenarios.csv", "factory,scenario,device,valid_from\nF1,机器视觉质检,D1;D2,2024-01-01\n,智能理货,,\n");
        _folder.Write("systems.csv", "factory,system\nF1,MES\n");
        _folder.Write("assets.csv", "asset,kind,factory,zone,valid_to\nA1,5G宏站,F1,Z1；Z2,2025-01-01\nA2,Edge Node,,,\n");
        var english = RegistryReader.Read(_folder.Path);
        Assert.Equal(["D1", "D2"], english.Scenarios[0].Devices);
        Assert.Equal((new DateOnly(2024, 1, 1), null, "智能理货"), (english.Scenarios[0].Valid.From!.Value, english.Scenarios[1].Factory, english.Scenarios[1].Scenario));
        Assert.Equal([new SystemRecord { Factory = "F1", System = "MES" }], english.Systems);
        Assert.Equal(("macro", "F1", new DateOnly(2025, 1, 1)), (english.Assets[0].Kind, english.Assets[0].Factory, english.Assets[0].Valid.To!.Value));
        Assert.Equal(["Z1", "Z2"], english.Assets[0].Zones);
        Assert.Equal("edge", english.Assets[1].Kind);
        Assert.NotEqual(without, english.Digest);

        _folder.Write("scenarios.csv", "工厂编号,场景名称,设备编号,生效日期\n,智能理货,,\nF1,机器视觉质检,D1;D2,2024/1/1\n");
        _folder.Write("systems.csv", "系统名称,工厂编号\nMES,F1\n");
        _folder.Write("assets.csv", "资产编号,资产类型,工厂编号,先导区,失效日期\nA1,宏站,F1,Z1;Z2,2025年1月1日\nA2,边缘计算节点,,,\n");
        Assert.Equal(english.Digest, RegistryReader.Read(_folder.Path).Digest);
    }

    [Fact]
    public void The_digest_tells_other_content_apart()
    {
        var digests = new HashSet<string>();
        foreach (var text in new[] { "device,line\nA,B\n", "device,line\nAB,\n", "device,line\nA,C\n", "device,line,is_key\nA,B,1\n", "device,kind\nA,B\n", "device,line\nA,B\nA,B\n" })
        {
            _folder.Write("devices.csv", text);
            Assert.True(digests.Add(RegistryReader.Read(_folder.Path).Digest), text);
        }
    }

    [Theory]
    [InlineData("devices.csv", "devise,line\nA,B\n", "The column device (设备编号) is missing", 0L, "devise")]
    [InlineData("devices.csv", "device,is_key\nA,1\n\nB,maybe\n", "\"maybe\" is neither true nor false", 4L, "是 or 否")]
    [InlineData("devices.csv", "device,line\n,L1\n", "device is empty", 2L, "")]
    [InlineData("devices.csv", "设备编号,生效日期\nA,2024-02-30\n", "\"2024-02-30\" is not a date", 2L, "20240301")]
    [InlineData("devices.csv", "device,valid_from,valid_to\nA,2024-02-01,2024-02-01\n", "\"2024-02-01\" is not after valid_from", 2L, "")]
    [InlineData("devices.csv", "device,设备编号\nA,B\n", "mean the same", 0L, "Keep one")]
    [InlineData("devices.csv", "device,line\nA,\"B\nC,D\n", "never closed", 2L, "")]
    [InlineData("devices.csv", "device,line\nA,B,C\n", "The line has 3 fields, the heading 2", 2L, "Quote")]
    [InlineData("devices.csv", "", "The file is empty", 0L, "device")]
    [InlineData("lines.csv", "line,go_live\nA,2024-03-01T08:00:00\n", "neither a date nor an instant with offset", 2L, "+08:00")]
    [InlineData("grid_cells.csv", "factory,ix,iy\nF,1.5,2\n", "\"1.5\" is not a whole number", 2L, "")]
    [InlineData("zones.csv", "zone,population\nZ,-1\n", "\"-1\" is not a whole number in range", 2L, "")]
    [InlineData("assets.csv", "asset,kind\nA,macro\nB,makro\n", "\"makro\" is not known", 3L, "macro, micro, prru")]
    [InlineData("assets.csv", "资产编号,factory\nA,F\n", "The column kind", 0L, "")]
    [InlineData("scenarios.csv", "工厂编号,应用场景\nF,\n", "应用场景 is empty", 2L, "")]
    [InlineData("systems.csv", "系统名称,关键系统\nMES,ERP\n", "mean the same", 0L, "Keep one")]
    [InlineData("factories.csv", "factory,5G基站数量-宏站\nF1,3\nF2,drei\n", "\"drei\" under 5G基站数量-宏站 is not a whole number", 3L, "Digits")]
    [InlineData("factories.csv", "factory,网络安全责任部门\nF1,vielleicht\n", "is neither true nor false", 2L, "")]
    [InlineData("zones.csv", "zone,5G基站数量\nZ,-3\n", "\"-3\" under 5G基站数量 is not a whole number", 2L, "")]
    [InlineData("zones.csv", "zone,5G基站数量得分\nZ,6.5\n", "6.5 points under 5G基站数量得分 are above the cap of 6", 2L, "cap")]
    [InlineData("zones.csv", "zone,安全保障情况得分\nZ,1.005\n", "is not a number of points", 2L, "two decimals")]
    public void A_fault_names_file_column_and_line(string file, string text, string problem, long line, string advice)
    {
        _folder.Write(file, text);
        var fault = Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.Path));
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Advice ?? string.Empty, StringComparison.Ordinal);
        Assert.Equal(_folder.File(file), fault.Location.File);
        Assert.Equal(line == 0 ? null : line, fault.Location.Row);
    }

    [Fact]
    public void A_misspelt_table_is_not_silently_left_out()
    {
        _folder.Write("lines.csv", "line\nL\n");
        _folder.Write("device.csv", "device\nD\n");
        var fault = Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.Path));
        Assert.Contains("devices.csv", fault.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_without_tables_is_no_registry()
    {
        _folder.Write("radio.csv", "x\n");
        Assert.Contains("devices.csv", Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.Path)).Advice, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => RegistryReader.Read(_folder.File("none")));
    }

    [Fact]
    public void Workbooks_are_refused_by_name_where_nobody_reads_them()
    {
        _folder.Write("devices.xlsx", "?");
        var fault = Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.Path));
        Assert.Contains("devices.xlsx", fault.Problem, StringComparison.Ordinal);
        Assert.Contains(".csv", fault.Advice, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.File("devices.xlsx")));
    }

    [Fact]
    public void A_table_may_be_a_workbook_of_one_sheet_or_with_a_sheet_of_its_name()
    {
        _folder.Write("devices.xlsx", "?");
        _folder.Write("lines.csv", "line\nL1\n");
        RegistrySheet other = new("说明", [(1, ["text"])]);
        RegistrySheet sheet = new("Sheet1", [(1, ["设备编号"]), (2, ["D1"])]);
        Assert.Equal("D1", Assert.Single(Read(sheet).Devices).Device);
        Assert.Equal("D1", Assert.Single(Read(other, sheet with { Name = "设备" }).Devices).Device);
        Assert.Equal("D1", Assert.Single(Read(new RegistrySheet("empty", []), sheet).Devices).Device);
        Assert.Contains("2 sheets", Assert.Throws<ConfigurationException>(() => Read(other, sheet)).Problem, StringComparison.Ordinal);

        IndicatorRegistry Read(params RegistrySheet[] sheets) => RegistryReader.Read(_folder.Path, _ => sheets);
    }

    [Fact]
    public void Bytes_of_no_encoding_are_refused()
    {
        _folder.Write("devices.csv", [.. Encoding.ASCII.GetBytes("device\nA"), 0xFF, 0xFF, 0x0A]);
        Assert.Contains("neither UTF-8 nor GB18030", Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.Path)).Problem, StringComparison.Ordinal);
    }
}
