namespace IndicatorCore.Indicators;

/// <summary>What a catalogue says of one indicator.</summary>
public sealed record IndicatorDescription
{
    /// <summary>The id, such as <c>cov_grid</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The definition's version, from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The Chinese name.</summary>
    public required string ChineseName { get; init; }

    /// <summary>The English name.</summary>
    public required string EnglishName { get; init; }

    /// <summary>The formula in words and symbols.</summary>
    public required string Formula { get; init; }

    /// <summary>The unit of the value.</summary>
    public required string Unit { get; init; }

    /// <summary>Which way the figure is better; null where the definition does not say.</summary>
    public IndicatorDirection? Direction { get; init; }

    /// <summary>Whether the figure is itself a change against a baseline, and of which kind a positive one is.</summary>
    public IndicatorChange Change { get; init; }

    /// <summary>Whether <c>low</c> and <c>high</c> are bounds of what was not measured, and no 95 % interval.</summary>
    public bool HasBounds { get; init; }

    /// <summary>The tables and columns needed.</summary>
    public required IReadOnlyList<IndicatorNeed> Needs { get; init; }

    /// <summary>The mergeable state.</summary>
    public required string State { get; init; }

    /// <summary>How coarser levels are made from finer ones.</summary>
    public required string Weights { get; init; }

    /// <summary>When the figure must not be published.</summary>
    public required string PublicationRule { get; init; }

    /// <summary>The ids of the parts and variants that come as rows of their own.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Where the definition comes from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary><c>id@version</c>.</summary>
    public string Definition => $"{Id}@{Version}";
}
