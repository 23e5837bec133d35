namespace IndicatorCore.Bench.Regression;

/// <summary>What follows <c>--regress</c>.</summary>
internal sealed record RegressionOptions
{
    /// <summary>The fewest pairs of a path.</summary>
    public const int FewestPairs = 60;

    /// <summary>Pairs of a path, at least <see cref="FewestPairs"/>.</summary>
    public int Pairs { get; init; } = RegressionRule.LongPairs;

    /// <summary>The commit to compare with, or null for the one of <c>bench/baseline.txt</c>.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether the baseline is compared with itself, to see what the method alone shows.</summary>
    public bool Self { get; init; }

    /// <summary>The one path to measure, or null for all.</summary>
    public string? Only { get; init; }

    /// <summary>A file for the figures as JSON, or null.</summary>
    public string? Out { get; init; }

    /// <summary>Parses.</summary>
    /// <exception cref="FormatException">An argument is not known, or its value is missing or out of range.</exception>
    public static RegressionOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new RegressionOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--quick" => options with { Pairs = FewestPairs },
                "--self" => options with { Self = true },
                "--pairs" => options with { Pairs = PairCount(Value(arguments, ref i)) },
                "--baseline" => options with { Baseline = Value(arguments, ref i) },
                "--only" => options with { Only = Value(arguments, ref i) },
                "--out" => options with { Out = Value(arguments, ref i) },
                _ => throw new FormatException($"--regress does not know {arguments[i]}: use --quick, --pairs N, --baseline COMMIT, --self, --only PATH, --out FILE"),
            };
        }

        return options;
    }

    private static int PairCount(string text) => int.TryParse(text, out var pairs) && pairs >= FewestPairs
        ? pairs
        : throw new FormatException($"--pairs needs a number of at least {FewestPairs}, not {text}");

    private static string Value(ReadOnlySpan<string> arguments, ref int i) => ++i < arguments.Length
        ? arguments[i]
        : throw new FormatException($"{arguments[i - 1]} needs a value");
}
