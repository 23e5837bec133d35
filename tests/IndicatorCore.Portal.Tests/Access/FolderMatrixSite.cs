using IndicatorCore.Portal.Storage;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Access;

/// <summary>The site over a folder.</summary>
public sealed class FolderMatrixSite : MatrixSite, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override IPortalStore NewStore() => new FolderStore(_folder.File("store"));

    public void Dispose() => _folder.Dispose();
}
