using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>What bounds a report: windows between events that lie centuries apart, and memory for its rows.</summary>
public sealed class ReportLimitTests
{
    private static readonly ExportBuilder s_energy = ExportBuilder.Energy().Row("1700-01-01 00:00", 1.0).Row("2024-01-01 10:00", 1.0);

    [Theory]
    [InlineData(Window.Day, "2024-01-01 make more than 100000 windows by day (MaxWindows)")]
    [InlineData(Window.Hour, "windows by hour (MaxWindows)")]
    public void One_event_centuries_away_is_refused_with_advice_and_not_reported_day_by_day(Window window, string message)
    {
        using var engine = Reports.Engine(Reports.NoFloor with { Window = window, Select = ["energy_kwh"] }, s_energy);
        var fault = Assert.Throws<LimitExceededException>(() => engine.Finish());
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Contains("'plausible'", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.IsMemoryBudget);
    }

    [Fact]
    public void Windows_can_be_allowed_or_bounded()
    {
        var query = Reports.NoFloor with { Window = Window.Day, Select = ["energy_kwh"] };
        Assert.True(Reports.Of(query with { MaxWindows = 200_000 }, s_energy).Rows.Count > 100_000);
        Assert.NotEmpty(Reports.Of(query with { From = TimeBound.Parse("2023-12-01") }, s_energy).Rows);
        Assert.Throws<ArgumentOutOfRangeException>(() => query with { MaxWindows = 0 });
    }

    [Fact]
    public void Rows_that_do_not_fit_the_memory_budget_are_a_fault_of_the_budget()
    {
        var query = Reports.NoFloor with { Window = Window.Day, Select = ["energy_kwh"], MaxWindows = 200_000, MemoryBudget = 20 << 20 };
        using var engine = Reports.Engine(query, s_energy);
        var used = engine.MemoryUsed;
        var fault = Assert.Throws<LimitExceededException>(() => engine.Finish());
        Assert.True(fault.IsMemoryBudget);
        Assert.Contains("the rows of the report", fault.Message, StringComparison.Ordinal);
        Assert.Equal(used, engine.MemoryUsed);
    }
}
