namespace IndicatorCore.Portal.Tests.Support;

/// <summary>Tests that share one cluster, one after the other.</summary>
[CollectionDefinition(nameof(PostgreSqlTests))]
public sealed class PostgreSqlTests : ICollectionFixture<PostgreSqlServer>;
