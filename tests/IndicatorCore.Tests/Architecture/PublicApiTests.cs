using IndicatorCore.Adapters.Results;
using IndicatorCore.Generation;
using IndicatorCore.Indicators;
using IndicatorCore.Office.Forms;
using IndicatorCore.Programmes;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Architecture;

/// <summary>What others may build on, as text: a change of it is seen in review. <c>UPDATE_API=1</c> rewrites the file.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_members_are_those_of_the_snapshot()
    {
        var assemblies = new[] { typeof(IndicatorEngine).Assembly, typeof(IResultWriter).Assembly, typeof(ProvinceGenerator).Assembly, typeof(Programme).Assembly, typeof(FormWorkbook).Assembly };
        CommittedText.Check(
            Path.Combine(Shared.Repository, "tests", "IndicatorCore.Tests", "Architecture", "PublicApi.txt"),
            string.Join('\n', assemblies.Select(PublicApi.Of)),
            "UPDATE_API");
    }
}
