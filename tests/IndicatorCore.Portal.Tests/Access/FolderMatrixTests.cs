namespace IndicatorCore.Portal.Tests.Access;

[Trait("Category", "Slow")]
public sealed class FolderMatrixTests(FolderMatrixSite site) : AuthorizationMatrix(site), IClassFixture<FolderMatrixSite>;
