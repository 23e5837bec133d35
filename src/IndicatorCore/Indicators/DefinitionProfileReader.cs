using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators;

/// <summary>Reads definition profiles (<c>--profile NAME|FILE</c>): a built-in one by name, or JSON that changes one.</summary>
/// <remarks>The keys are described in data/profiles/README.md; comments and trailing commas are allowed.</remarks>
public static class DefinitionProfileReader
{
    // Int64 micro-units hold a million units with room; nothing physical lies beyond
    private const decimal MaxUnits = 1_000_000m;

    private static readonly Dictionary<string, DefinitionProfile> s_builtIn = new(StringComparer.OrdinalIgnoreCase)
    {
        [DefinitionProfile.CnNrA.Name] = DefinitionProfile.CnNrA,
        [DefinitionProfile.TestNoFloor.Name] = DefinitionProfile.TestNoFloor,
    };

    // made when a file is read: a built-in profile needs none of them
    private static readonly Lazy<Dictionary<string, Func<DefinitionProfile, ConfigurationNode, DefinitionProfile>>> s_keys = new(static () => new()
    {
        ["name"] = static (profile, node) => profile with { Name = node.Name() },
        ["extends"] = static (profile, _) => profile,
        ["key_device_rule"] = static (profile, node) => profile with { KeyDeviceRule = node.Name() },
        ["rsrp_threshold_dbm"] = static (profile, node) => profile with { RsrpThreshold = Micro(node, -200, 100) },
        ["sinr_threshold_db"] = static (profile, node) => profile with { SinrThreshold = Micro(node, -100, 100) },
        ["grid_size_m"] = static (profile, node) => profile with { GridSize = Micro(node, 0.000001m, MaxUnits) },
        ["minimum_cell_samples"] = static (profile, node) => profile with { MinimumCellSamples = node.Integer(1, int.MaxValue) },
        ["cell_covered_percent"] = static (profile, node) => profile with { CellCoveredPercent = node.Integer(0, 100) },
        ["measured_share_percent"] = static (profile, node) => profile with { MeasuredSharePercent = node.Integer(0, 100) },
        ["networking_days"] = static (profile, node) => profile with { NetworkingDays = node.Integer(1, 3_660) },
        ["sustained_percent"] = static (profile, node) => profile with { SustainedPercent = node.Integer(0, 100) },
        ["scenario_days"] = static (profile, node) => profile with { ScenarioDays = node.Integer(1, 3_660) },
        ["minimum_key_devices"] = static (profile, node) => profile with { MinimumKeyDevices = Floor(node) },
        ["minimum_key_devices_of_line"] = static (profile, node) => profile with { MinimumKeyDevicesOfLine = Floor(node) },
        ["minimum_coverage_samples"] = static (profile, node) => profile with { MinimumCoverageSamples = Floor(node) },
        ["minimum_grid_cells"] = static (profile, node) => profile with { MinimumGridCells = Floor(node) },
        ["ramp_days"] = static (profile, node) => profile with { RampDays = node.Integer(0, 3_660) },
        ["minimum_phase_days"] = static (profile, node) => profile with { MinimumPhaseDays = node.Integer(1, 3_660) },
        ["maximum_phase_days"] = static (profile, node) => profile with { MaximumPhaseDays = node.Integer(1, 3_660) },
        ["season_shift_days"] = static (profile, node) => profile with { SeasonShiftDays = node.Integer(1, 3_660) },
        ["fallback_days"] = static (profile, node) => profile with { FallbackDays = node.Integer(1, 3_660) },
        ["minimum_production_days"] = static (profile, node) => profile with { MinimumProductionDays = Floor(node) },
        ["minimum_production_weeks"] = static (profile, node) => profile with { MinimumProductionWeeks = Floor(node) },
        ["minimum_cost_months"] = static (profile, node) => profile with { MinimumCostMonths = Floor(node) },
        ["matched_share_percent"] = static (profile, node) => profile with { MatchedSharePercent = node.Integer(0, 100) },
        ["matched_share_warn_percent"] = static (profile, node) => profile with { MatchedShareWarnPercent = node.Integer(0, 100) },
        ["minimum_interval_days"] = static (profile, node) => profile with { MinimumIntervalDays = node.Integer(2, int.MaxValue) },
        ["apply_completeness"] = static (profile, node) => profile with { ApplyCompleteness = node.Flag() },
        ["apply_missing_share"] = static (profile, node) => profile with { ApplyMissingShare = node.Flag() },
        ["apply_defined_rules"] = static (profile, node) => profile with { ApplyDefinedRules = node.Flag() },
        ["apply_disclosure"] = static (profile, node) => profile with { ApplyDisclosure = node.Flag() },
        ["minimum_enterprises"] = static (profile, node) => profile with { MinimumEnterprises = Floor(node) },
        ["dominance_percent"] = static (profile, node) => profile with { DominancePercent = node.Integer(0, 100) },
        ["cost_period"] = static (profile, node) => profile with { CostPeriodIsMonth = IsMonth(node) },
        ["required_time"] = static (profile, node) => profile with { UsesCalendar = IsCalendar(node) },
        ["quantiles"] = static (profile, node) => profile with { BucketsQuantiles = IsBucketed(node) },
    });

    /// <summary>The names of the built-in profiles.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } = [.. s_builtIn.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The built-in profile of that name, else the one in the file of that path.</summary>
    /// <param name="nameOrPath">What <c>--profile</c> was given.</param>
    /// <exception cref="ConfigurationException">Neither, or the file says something unknown or impossible.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DefinitionProfile Read(string nameOrPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        if (s_builtIn.TryGetValue(nameOrPath, out var builtIn))
        {
            return builtIn;
        }

        if (!File.Exists(nameOrPath))
        {
            throw new ConfigurationException(
                $"\"{nameOrPath}\" is neither a built-in definition profile nor a file",
                new DataLocation(File: nameOrPath),
                NearestName.Advice(nameOrPath, BuiltIn));
        }

        return Parse(ConfigurationText.Read(nameOrPath), nameOrPath);
    }

    /// <summary>Reads a profile from JSON; what it does not say it takes from the profile that it <c>extends</c> (default cn-nr-a).</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">How errors call it, usually its path; without a <c>name</c> key the profile is called after it.</param>
    /// <exception cref="ConfigurationException">It is no JSON, or says something unknown or impossible; the message names the key.</exception>
    public static DefinitionProfile Parse(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(name);
        var root = ConfigurationNode.Parse(json, name);
        var profile = Extended(root) with { Name = Path.GetFileNameWithoutExtension(name) };
        foreach (var (key, node) in root.Members())
        {
            profile = s_keys.Value.TryGetValue(key, out var read) ? read(profile, node) : throw node.Unknown(key, s_keys.Value.Keys);
        }

        if (s_builtIn.ContainsKey(profile.Name))
        {
            throw root.Fault($"takes the name of the built-in {profile.Name}", "Give it another \"name\", so that results tell which one made them.");
        }

        if (profile.MaximumPhaseDays < profile.MinimumPhaseDays)
        {
            throw root.Fault("has maximum_phase_days below minimum_phase_days");
        }

        if (profile.FallbackDays <= profile.RampDays)
        {
            throw root.Fault("has fallback_days not above ramp_days", "The fallback spans lie between the ramp and fallback_days.");
        }

        return profile;
    }

    private static DefinitionProfile Extended(ConfigurationNode root)
    {
        foreach (var (key, node) in root.Members())
        {
            if (key == "extends")
            {
                var name = node.Name();
                return s_builtIn.TryGetValue(name, out var profile)
                    ? profile
                    : throw node.Fault("is not a built-in profile", NearestName.Advice(name, BuiltIn));
            }
        }

        return DefinitionProfile.CnNrA;
    }

    private static int Floor(ConfigurationNode node) => node.Integer(0, int.MaxValue);

    private static long Micro(ConfigurationNode node, decimal least, decimal most)
    {
        var value = node.Number();
        var micro = value >= least && value <= most ? value * 1_000_000m : throw node.Fault($"must be from {least} to {most}");
        return micro == decimal.Truncate(micro) ? (long)micro : throw node.Fault("has more than six decimals");
    }

    private static bool IsBucketed(ConfigurationNode node)
    {
        var text = node.Text();
        return text is "exact" or "bucketed" ? text == "bucketed" : throw node.Fault("is not one of its values", "\"exact\" or \"bucketed\".");
    }

    private static bool IsCalendar(ConfigurationNode node)
    {
        var text = node.Text();
        return text is "calendar" or "in_service" ? text == "calendar" : throw node.Fault("is not one of its values", "\"calendar\" or \"in_service\".");
    }

    private static bool IsMonth(ConfigurationNode node)
    {
        var text = node.Text();
        return text is "month" or "row" ? text == "month" : throw node.Fault("is not one of its values", "\"month\" or \"row\".");
    }
}
