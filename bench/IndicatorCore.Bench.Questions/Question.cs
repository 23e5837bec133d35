using IndicatorCore.Adapters.Registry;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Bench.Questions;

/// <summary>The questions of bench/peers/README.md as a user of the library would ask them.</summary>
internal static class Question
{
    private static readonly string[] s_builtIn = ["knr", "cov_sample", "eff_gain", "cost_red", "lat_p95"];

    /// <summary>The questions that can be asked of these files.</summary>
    public static IEnumerable<string> Available(CaseFiles files)
    {
        string[] defined = ["Q1", "Q2", "Q3"];
        return Directory.Exists(files.Registry) ? defined.Append("Q4") : defined;
    }

    /// <summary>The query of a question.</summary>
    /// <param name="question"><c>Q1</c> to <c>Q3</c>, user-defined figures by line and hour; <c>Q4</c>, built-in indicators by line and day.</param>
    /// <param name="files">Its definition files and its registry.</param>
    /// <param name="threads">Worker threads.</param>
    /// <param name="verifyChecksums">Whether checksums of compressed buffers are verified.</param>
    public static IndicatorQuery Query(string question, CaseFiles files, int threads, bool verifyChecksums)
    {
        var isBuiltIn = question == "Q4";
        var query = new IndicatorQuery
        {
            GroupBy = ["line"],
            Window = isBuiltIn ? Window.Day : Window.Hour,
            TimeZone = "UTC",
            Dedup = DedupPolicy.None,
            Threads = threads,
            Source = SourceProfile.Load(files.Question(isBuiltIn ? "source-q4.json" : "source.json")),
            Reading = IpcReaderOptions.Default with { VerifyChecksums = verifyChecksums },
        };
        if (isBuiltIn)
        {
            return query with
            {
                Registry = RegistryReader.Read(files.Registry),
                Select = [.. s_builtIn.Where(static id => IndicatorCatalog.Find(id) is not null)],
            };
        }

        var indicators = UserIndicatorSet.Load(files.Question(Definition(question)));
        return query with { UserDefined = indicators, Select = [.. indicators.Indicators.Select(static indicator => indicator.Id)] };
    }

    private static string Definition(string question) => question switch
    {
        "Q1" => "q1.json",
        "Q2" => "q2.json",
        "Q3" => "q3.json",
        _ => throw new ArgumentOutOfRangeException(nameof(question), question, "There is no such question."),
    };
}
