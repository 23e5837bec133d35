using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Access;

[Trait("Category", "Slow")]
[Collection(nameof(PostgreSqlTests))]
public sealed class PostgreSqlMatrixTests(PostgreSqlMatrixSite site) : AuthorizationMatrix(site), IClassFixture<PostgreSqlMatrixSite>;
