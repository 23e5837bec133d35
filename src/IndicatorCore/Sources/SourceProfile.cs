namespace IndicatorCore.Sources;

/// <summary>How an exporter names and writes its columns (interface 1).</summary>
public sealed class SourceProfile
{
}
