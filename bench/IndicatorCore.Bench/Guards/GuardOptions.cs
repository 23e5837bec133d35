namespace IndicatorCore.Bench.Guards;

/// <summary>What follows <c>--gate</c>.</summary>
/// <param name="File">The ceilings.</param>
internal sealed record GuardOptions(string File)
{
    /// <summary>Pairs of the quick form.</summary>
    public const int QuickPairs = 60;

    /// <summary>Pairs of the long form.</summary>
    public const int LongPairs = 1_000;

    /// <summary>Pairs a ratio.</summary>
    public int Pairs { get; init; } = LongPairs;

    /// <summary>A file that the summary is added to, or null.</summary>
    public string? Summary { get; init; }

    /// <summary>Parses.</summary>
    /// <exception cref="FormatException">An argument is not known, or its value is missing.</exception>
    public static GuardOptions Parse(ReadOnlySpan<string> arguments)
    {
        if (arguments.IsEmpty)
        {
            throw new FormatException("--gate needs the file of the ceilings");
        }

        var options = new GuardOptions(arguments[0]);
        for (var i = 1; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--quick" => options with { Pairs = QuickPairs },
                "--summary" when i + 1 < arguments.Length => options with { Summary = arguments[++i] },
                _ => throw new FormatException($"--gate does not know {arguments[i]}, or its value is missing: use FILE, --quick, --summary FILE"),
            };
        }

        return options;
    }
}
