namespace IndicatorCore.Indicators;

/// <summary>The input of quarantined rows; the same object for all rows of an input.</summary>
/// <param name="name">Path as given, or what the manifest calls the input.</param>
/// <param name="ordinal">Tells inputs of one name apart: later reads have greater numbers.</param>
public sealed class QuarantineSource(string name, long ordinal)
{
    /// <summary>Path as given, or what the manifest calls the input.</summary>
    public string Name { get; } = name;

    /// <summary>Tells inputs of one name apart: later reads have greater numbers.</summary>
    public long Ordinal { get; } = ordinal;
}
