using IndicatorCore.Adapters.Registry;
using IndicatorCore.Errors;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Adapters.Registry;

/// <summary>The registry's tables calendar, shifts, projects and price_index.</summary>
public sealed class OptionalTablesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_table_is_read_under_either_language()
    {
        _folder.Write("lines.csv", "line\nL1\n");
        var digests = new HashSet<string> { RegistryReader.Read(_folder.Path).Digest };
        foreach (var (name, text) in new[]
        {
            ("calendar.csv", "line,device,start,end\nL1,,2024-03-01,2024-03-02 16:30\n,D1,2024-03-01T08:00:00+08:00,2024-03-01T16:00:00+08:00\n"),
            ("shifts.csv", "factory,name,start,end\nF1,早班,8:00,20:00\n,night,22:00,06:00\n,whole,06:00,22:00\n"),
            ("projects.csv", "project,class,factory,scope\nP1,line,F1,L1\nP2,工厂级,F1,\nP3,Workshop,,W1;W2\n"),
            ("price_index.csv", "element,month,index\nenergy,2024-03,103.50\n,2024-04,1\n"),
        })
        {
            _folder.Write(name, text);
            Assert.True(digests.Add(RegistryReader.Read(_folder.Path).Digest), name);
        }

        var english = RegistryReader.Read(_folder.Path);
        Assert.Equal(
            [
                new CalendarRecord { Line = "L1", Start = new CalendarBound(new DateTime(2024, 3, 1)), End = new CalendarBound(new DateTime(2024, 3, 2, 16, 30, 0)) },
                new CalendarRecord { Device = "D1", Start = At("2024-03-01T00:00:00Z"), End = At("2024-03-01T08:00:00Z") },
            ],
            english.Calendar);
        Assert.Equal(
            [
                new ShiftRecord { Factory = "F1", Name = "早班", Start = TimeSpan.FromHours(8), End = TimeSpan.FromHours(20) },
                new ShiftRecord { Name = "night", Start = TimeSpan.FromHours(22), End = TimeSpan.FromHours(6) },
                new ShiftRecord { Name = "whole", Start = TimeSpan.FromHours(6), End = TimeSpan.FromHours(22) },
            ],
            english.Shifts);
        Assert.Equal([false, true, false], english.Shifts.Select(static shift => shift.IsOverMidnight));
        Assert.Equal(
            ["P1 产线级 F1 L1", "P2 工厂级 F1 ", "P3 车间级  W1 W2"],
            english.Projects.Select(static row => $"{row.Project} {row.Class} {row.Factory} {string.Join(' ', row.Scope)}"));
        Assert.Equal(
            [
                new PriceIndexRecord { Element = "energy", Month = new DateOnly(2024, 3, 1), Index = 103.5m },
                new PriceIndexRecord { Month = new DateOnly(2024, 4, 1), Index = 1 },
            ],
            english.PriceIndex);

        _folder.Write("calendar.csv", "开始时间,结束时间,设备编号,产线编号\n2024-03-01 00:00:00Z,2024-03-01 08:00:00Z,D1,\n2024/3/1 0:00,2024-03-02T16:30,,L1\n");
        _folder.Write("shifts.csv", "工厂编号,工厂名称,班次名称,开始时间,结束时间\n,,whole,06:00,22:00\n,,night,22：00,6:00\nF1,甲厂,早班,08:00,20:00\n");
        _folder.Write("projects.csv", "项目编号,项目类别,工厂编号,实施范围\nP1,产线级,F1,L1\nP2,工厂级,F1,\nP3,车间级,,W2；W1\n");
        _folder.Write("price_index.csv", "成本要素,月份,价格指数\nenergy,2024年3月,103.5\n,202404,1.0\n");
        Assert.Equal(english.Digest, RegistryReader.Read(_folder.Path).Digest);
        _folder.Write("projects.csv", "项目编号,类别,工厂编号,实施范围\nP1,产线级,F1,L1\nP2,工厂级,F1,\nP3,车间级,,W2；W1\n");
        Assert.Equal(english.Digest, RegistryReader.Read(_folder.Path).Digest);
    }

    [Theory]
    [InlineData("calendar.csv", "line,start,end\nL1,2024-03-01,\n", "end is empty", 2L, "")]
    [InlineData("calendar.csv", "line,device,start,end\nL1,D1,2024-03-01,2024-03-02\n", "\"D1\" stands beside a line", 2L, "one device")]
    [InlineData("calendar.csv", "line,device,start,end\n,,2024-03-01,2024-03-02\n", "is empty, and so is device", 2L, "")]
    [InlineData("calendar.csv", "line,start,end\nL1,2024-03-01,2024-03-01\n", "is not after start", 2L, "no longer required")]
    [InlineData("calendar.csv", "line,start,end\nL1,2024-03-01,2024-03-02T00:00:00Z\n", "has an offset where start has none", 2L, "both")]
    [InlineData("calendar.csv", "line,start,end\nL1,8:00,16:00\n", "\"8:00\" is neither a time nor a date", 2L, "2024-03-01 08:00")]
    [InlineData("shifts.csv", "name,start\nday,08:00\n", "The column end (结束时间) is missing", 0L, "")]
    [InlineData("shifts.csv", "name,start,end\nday,8,16\n", "\"8\" is not a time of day", 2L, "22:30")]
    [InlineData("shifts.csv", "name,start,end\nday,24:00,06:00\n", "\"24:00\" is no start", 2L, "00:00")]
    [InlineData("shifts.csv", "name,start,end\nday,08:00,25:00\n", "\"25:00\" is not a time of day", 2L, "")]
    [InlineData("shifts.csv", "factory,name,start,end\nF1,night,22:00,06:00\nF2,a,05:00,07:00\n\nF1,early,05:59,14:00\n", "overlaps the shift night of line 2", 5L, "follow one another")]
    [InlineData("projects.csv", "project,class,scope\nP,厂级,L\n", "\"厂级\" is not known", 2L, "产线级, 车间级, 工厂级")]
    [InlineData("projects.csv", "project,class\nP,产线级\n", "is empty, and so is factory", 2L, "separated by ;")]
    [InlineData("projects.csv", "project,class,factory\nP,工厂级,F1\nP,工厂级,F2\n", "\"P\" stands in line 2, too", 3L, "")]
    [InlineData("price_index.csv", "element,month,index\nenergy,2024-13,1\n", "\"2024-13\" is not a month", 2L, "2024-03")]
    [InlineData("price_index.csv", "element,month,index\nenergy,2024-03,0\n", "\"0\" is not a number above 0", 2L, "")]
    [InlineData("price_index.csv", "element,month,index\nenergy,2024-03,-1\n", "\"-1\" is not a number above 0", 2L, "")]
    [InlineData("price_index.csv", "element,month,index\nenergy,2024-03,1e2\n", "\"1e2\" is not a number above 0", 2L, "exponent")]
    [InlineData("price_index.csv", "element,month,index\nenergy,2024-03,100\nenergy,2024-04,101\nenergy,2024/3,100\n", "has an index of the same element in line 2", 4L, "")]
    public void A_fault_names_file_column_and_line(string file, string text, string problem, long line, string advice)
    {
        _folder.Write(file, text);
        var fault = Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.Path));
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Advice ?? string.Empty, StringComparison.Ordinal);
        Assert.Equal(_folder.File(file), fault.Location.File);
        Assert.Equal(line == 0 ? null : line, fault.Location.Row);
        Assert.NotNull(fault.Location.Column);
    }

    [Fact]
    public void Equal_shifts_of_two_factories_and_shifts_that_meet_do_not_overlap()
    {
        _folder.Write("shifts.csv", "factory,name,start,end\nF1,a,00:00,08:00\nF1,b,08:00,24:00\nF2,a,00:00,08:00\nF2,c,20:00,00:00\n,a,00:00,00:00\n");
        Assert.Equal(5, RegistryReader.Read(_folder.Path).Shifts.Count);
        Assert.Equal(TimeSpan.FromDays(1), RegistryReader.Read(_folder.Path).Shifts[1].End);
    }

    private static CalendarBound At(string instant) => new(DateTimeOffset.Parse(instant));
}
