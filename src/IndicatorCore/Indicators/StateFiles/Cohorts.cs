namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Cohorts of the registry as state files name them: by their first device.</summary>
internal static class Cohorts
{
    /// <summary>The device that stands for a cohort; -1 for none.</summary>
    public static int DeviceOf(RegistryIndex? registry, int cohort) => cohort < 0 ? -1 : registry!.DeviceOf(cohort);

    /// <summary>A row's cohort; -1 for none.</summary>
    public static int Read(RegistryIndex? registry, in StateRow row)
    {
        var device = row.Key(StateColumn.Cohort);
        var cohort = device < 0 ? -1 : registry?.CohortOf(device) ?? -1;
        return device < 0 || cohort >= 0 ? cohort : throw row.Fault(StateColumn.Cohort, "the device is not in the registry");
    }
}
