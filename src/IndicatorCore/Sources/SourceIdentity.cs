namespace IndicatorCore.Sources;

/// <summary>The columns that <c>--dedup rows</c> compares: null = the mapped ones, a single <c>*</c> = all.</summary>
internal sealed record SourceIdentity(IReadOnlyList<string>? Columns, IReadOnlyList<string> Except);
