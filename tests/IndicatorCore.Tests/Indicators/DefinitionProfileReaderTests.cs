using IndicatorCore.Errors;
using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Indicators;

public sealed class DefinitionProfileReaderTests
{
    [Fact]
    public void Built_in_names_need_no_file()
    {
        Assert.Same(DefinitionProfile.CnNrA, DefinitionProfileReader.Read("cn-nr-a"));
        Assert.Same(DefinitionProfile.CnNrA, DefinitionProfileReader.Read("CN-NR-A"));
        Assert.Same(DefinitionProfile.TestNoFloor, DefinitionProfileReader.Read("test-no-floor"));
    }

    [Fact]
    public void A_profile_changes_the_one_that_it_extends()
    {
        var profile = DefinitionProfileReader.Parse(
            """
            { // thresholds B
              "rsrp_threshold_dbm": -95, "sinr_threshold_db": 0.5, "grid_size_m": 5,
              "extends": "test-no-floor", "name": "b", "minimum_grid_cells": 7, "apply_disclosure": true, "cost_period": "month",
              "key_device_rule": "关键工序",
            }
            """,
            "b.json");
        Assert.Equal(
            DefinitionProfile.TestNoFloor with
            {
                Name = "b",
                RsrpThreshold = -95_000_000,
                SinrThreshold = 500_000,
                GridSize = 5_000_000,
                MinimumGridCells = 7,
                ApplyDisclosure = true,
                CostPeriodIsMonth = true,
                KeyDeviceRule = "关键工序",
            },
            profile);
    }

    [Fact]
    public void Without_a_name_a_profile_is_called_after_its_file_and_extends_the_default()
    {
        Assert.Equal(DefinitionProfile.CnNrA with { Name = "mine" }, DefinitionProfileReader.Parse("{}", "/a/mine.json"));
    }

    [Fact]
    public void Every_property_of_a_profile_has_its_key()
    {
        // each key changes the record: a property without a key would leave one of them unequal
        const string Json = """
            { "name": "x", "key_device_rule": "r", "rsrp_threshold_dbm": -1, "sinr_threshold_db": 1, "grid_size_m": 1,
              "minimum_cell_samples": 1, "cell_covered_percent": 1, "measured_share_percent": 1, "networking_days": 1,
              "sustained_percent": 1, "minimum_key_devices": 1, "minimum_key_devices_of_line": 1, "minimum_coverage_samples": 1,
              "minimum_grid_cells": 1, "ramp_days": 1, "minimum_phase_days": 1, "maximum_phase_days": 1, "season_shift_days": 1,
              "fallback_days": 2, "minimum_production_days": 1, "minimum_production_weeks": 1, "minimum_cost_months": 1,
              "matched_share_percent": 1, "matched_share_warn_percent": 1, "minimum_interval_days": 2, "apply_completeness": false,
              "apply_missing_share": false, "apply_disclosure": false, "cost_period": "month",
              "quantiles": "bucketed", "minimum_enterprises": 1, "dominance_percent": 1, "scenario_days": 2, "apply_defined_rules": false, "required_time": "in_service" }
            """;
        var profile = DefinitionProfileReader.Parse(Json, "x.json");
        foreach (var property in typeof(DefinitionProfile).GetProperties().Where(static property => property.GetMethod!.IsStatic is false))
        {
            if (property.Name != "EqualityContract")
            {
                Assert.False(Equals(property.GetValue(DefinitionProfile.CnNrA), property.GetValue(profile)), $"{property.Name} has no key");
            }
        }
    }

    [Theory]
    [InlineData("""{ "rsrp_treshold_dbm": -95 }""", "\"rsrp_treshold_dbm\" is not a key of the profile", "rsrp_threshold_dbm")]
    [InlineData("""{ "extends": "cn-nr-b" }""", "extends is not a built-in profile", "cn-nr-a")]
    [InlineData("""{ "rsrp_threshold_dbm": "-95" }""", "rsrp_threshold_dbm must be a number", "")]
    [InlineData("""{ "rsrp_threshold_dbm": -950 }""", "rsrp_threshold_dbm must be from -200 to 100", "")]
    [InlineData("""{ "rsrp_threshold_dbm": -95.0000001 }""", "more than six decimals", "")]
    [InlineData("""{ "cell_covered_percent": 101 }""", "cell_covered_percent must be a whole number from 0 to 100", "")]
    [InlineData("""{ "networking_days": 1.5 }""", "networking_days must be a whole number", "")]
    [InlineData("""{ "name": "cn-nr-a" }""", "takes the name of the built-in", "")]
    [InlineData("""{ "maximum_phase_days": 27 }""", "maximum_phase_days below", "")]
    public void A_fault_names_the_key(string json, string problem, string advice)
    {
        var fault = Assert.Throws<ConfigurationException>(() => DefinitionProfileReader.Parse(json, "p.json"));
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
        Assert.Contains(advice, fault.Advice ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_no_file_either_is_met_with_the_nearest()
    {
        var fault = Assert.Throws<ConfigurationException>(() => DefinitionProfileReader.Read("test-nofloor"));
        Assert.Contains("test-no-floor", fault.Advice, StringComparison.Ordinal);
    }
}
