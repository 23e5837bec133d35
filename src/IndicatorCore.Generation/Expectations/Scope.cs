using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>A group: the province (no key), a factory or a line.</summary>
internal sealed record Scope(string? Key, string? Group, IReadOnlyList<FactoryModel> Factories, IReadOnlyList<LineModel> Lines)
{
    public bool IsLine => Key == "line";

    /// <summary>Disclosure applies "never to enterprise, factory, workshop, line" but to no grouping (10.1).</summary>
    public bool IsDisclosed => Key is null;
}
