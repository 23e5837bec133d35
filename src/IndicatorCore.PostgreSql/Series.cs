namespace IndicatorCore.PostgreSql;

/// <summary>The rows of one indicator at one level of one view.</summary>
internal readonly record struct Series(string View, string Level, string Indicator, string Definition, string Unit);
