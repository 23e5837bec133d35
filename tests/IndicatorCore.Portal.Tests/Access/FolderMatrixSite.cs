using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Access;

/// <summary>The site over a folder.</summary>
public sealed class FolderMatrixSite : MatrixSite
{
    private readonly TemporaryFolder _folder = new();

    protected override IPortalStore NewStore() => new FolderStore(_folder.File("store"));

    protected override void Clean() => _folder.Dispose();
}
