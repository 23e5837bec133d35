namespace IndicatorCore.Bench.Guards;

/// <summary>The content of <c>guards.json</c>.</summary>
/// <param name="Ratios">Ceilings of ratios, by class of processors.</param>
/// <param name="AllocatedBytes">Ceilings of bytes allocated by an operation once warm.</param>
internal sealed record GuardFile(IReadOnlyList<Guard> Ratios, IReadOnlyList<AllocationGuard> AllocatedBytes)
{
    /// <summary>What is wrong with the names, or null: every measurement has one promise, and every promise a measurement.</summary>
    /// <param name="ratios">The ratios that can be measured.</param>
    /// <param name="allocations">The allocations that can be measured.</param>
    public string? Mismatch(IEnumerable<string> ratios, IEnumerable<string> allocations)
    {
        string[] measured = [.. ratios, .. allocations.Select(static name => "allocated " + name)];
        string[] promised = [.. Ratios.Select(static guard => guard.Name), .. AllocatedBytes.Select(static guard => "allocated " + guard.Name)];
        string[] wrong =
        [
            .. measured.Except(promised).Select(static name => $"no ceiling for {name}"),
            .. promised.Except(measured).Select(static name => $"no measurement called {name}"),
            .. promised.CountBy(static name => name).Where(static pair => pair.Value > 1).Select(static pair => $"{pair.Key} twice"),
        ];
        return wrong.Length == 0 ? null : string.Join("; ", wrong);
    }
}
