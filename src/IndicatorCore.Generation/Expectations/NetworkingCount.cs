namespace IndicatorCore.Generation.Expectations;

/// <summary>Key devices of a scope, and how many of them were networked.</summary>
internal readonly record struct NetworkingCount(int Population, int Basic, int Sustained);
