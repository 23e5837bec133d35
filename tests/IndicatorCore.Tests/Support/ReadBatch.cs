namespace IndicatorCore.Tests.Support;

/// <summary>A batch as texts; the columns that were not loaded are null.</summary>
internal sealed record ReadBatch(int Rows, string[]?[] Columns);
