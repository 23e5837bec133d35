using System.Text.Json.Nodes;

namespace IndicatorCore.Bench.Questions;

/// <summary>Answers questions about one data set, prepared once.</summary>
internal interface IContender : IDisposable
{
    /// <summary>What it is and which questions it takes: <c>{"version", "questions": {"Q1": ["formulation"]}}</c>.</summary>
    JsonObject Describe();

    /// <summary>Asks once: <c>{"ms", "answer"}</c>, the time around the question alone.</summary>
    Task<JsonObject> RunAsync(JsonObject request);

    /// <summary>Writes the figures of every group to the request's <c>file</c>.</summary>
    Task<JsonObject> DumpAsync(JsonObject request);
}
