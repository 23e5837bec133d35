using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;
using IndicatorCore.PostgreSql;

namespace IndicatorCore.Portal.Tests.Access;

/// <summary>The site over PostgreSQL.</summary>
public sealed class PostgreSqlMatrixSite(PostgreSqlServer server) : MatrixSite
{
    protected override IPortalStore? NewStore() => PostgreSqlServer.IsHere ? new PostgreSqlStore(server.NewDatabase()) : null;
}
