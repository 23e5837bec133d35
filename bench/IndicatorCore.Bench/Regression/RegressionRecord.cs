namespace IndicatorCore.Bench.Regression;

/// <summary>What <c>--out</c> keeps of a run.</summary>
/// <param name="Baseline">The baseline's commit.</param>
/// <param name="Present">This build's commit, as the repository says; null when the baseline was compared with itself.</param>
/// <param name="Modified">Whether tracked files differ from <paramref name="Present"/>.</param>
/// <param name="Runtime">The runtime.</param>
/// <param name="Processor">The widest vector that is hardware accelerated, in bits, and the number of processors.</param>
/// <param name="Layouts">Pairs of contexts that the pairs were spread over.</param>
/// <param name="Paths">The figures.</param>
internal sealed record RegressionRecord(
    string Baseline,
    string? Present,
    bool Modified,
    string Runtime,
    string Processor,
    int Layouts,
    IReadOnlyList<PathResult> Paths);
