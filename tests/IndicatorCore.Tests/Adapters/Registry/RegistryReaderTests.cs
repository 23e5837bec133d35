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
        _folder.Write("calendar.csv", "line,start,end\n");
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

    [Theory]
    [InlineData("devices.xlsx")]
    [InlineData("devices.arrow")]
    public void Other_formats_are_refused_by_name(string file)
    {
        _folder.Write(file, "?");
        var fault = Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.Path));
        Assert.Contains(file, fault.Problem, StringComparison.Ordinal);
        Assert.Contains(".csv", fault.Advice, StringComparison.Ordinal);
        Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.File(file)));
    }

    [Fact]
    public void Bytes_of_no_encoding_are_refused()
    {
        _folder.Write("devices.csv", [.. Encoding.ASCII.GetBytes("device\nA"), 0xFF, 0xFF, 0x0A]);
        Assert.Contains("neither UTF-8 nor GB18030", Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.Path)).Problem, StringComparison.Ordinal);
    }
}
