using System.Text.Json.Nodes;

namespace IndicatorCore.Bench.Questions;

/// <summary>Where the files of a case lie, as a <c>prepare</c> request names them.</summary>
/// <param name="Data">The folder of the data set.</param>
/// <param name="Order"><c>tm</c> (time-major) or <c>sh</c> (shuffled).</param>
/// <param name="Questions">The folder of definition files, source profiles and, for Q4, of the registry made from the data.</param>
internal sealed record CaseFiles(string Data, string Order, string Questions)
{
    /// <summary>The uncompressed rows.</summary>
    public string Uncompressed => Path.Combine(Data, $"{Order}.uncompressed.arrow");

    /// <summary>The same rows with LZ4 buffers.</summary>
    public string Lz4 => Path.Combine(Data, $"{Order}.lz4.arrow");

    /// <summary>The registry of Q4.</summary>
    public string Registry => Path.Combine(Data, "registry");

    /// <summary>Takes them from a request.</summary>
    /// <exception cref="ArgumentException">The request lacks one.</exception>
    public static CaseFiles Of(JsonObject request) => new(Text(request, "data"), Text(request, "order"), Text(request, "questions"));

    /// <summary>A definition file or source profile beside the harness.</summary>
    public string Question(string name) => Path.Combine(Questions, name);

    private static string Text(JsonObject request, string key) =>
        (string?)request[key] ?? throw new ArgumentException($"The request names no '{key}'.", nameof(request));
}
