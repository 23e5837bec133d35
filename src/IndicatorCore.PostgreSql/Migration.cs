namespace IndicatorCore.PostgreSql;

/// <summary>A step of the schema.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Sql">What it does.</param>
internal sealed record Migration(int Version, string Name, string Sql);
