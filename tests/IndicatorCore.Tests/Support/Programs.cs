namespace IndicatorCore.Tests.Support;

/// <summary>Programs of the machine, and ours as it was built beside the tests.</summary>
internal static class Programs
{
    /// <summary>Our executable.</summary>
    public static string Indicators { get; } = Path.Combine(AppContext.BaseDirectory, "indicators");

    /// <summary>Whether a program is installed.</summary>
    public static bool Has(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries).Any(folder => File.Exists(Path.Combine(folder, name)));
}
