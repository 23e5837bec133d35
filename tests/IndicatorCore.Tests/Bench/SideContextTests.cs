using IndicatorCore.Bench.Regression;
using IndicatorCore.Columns;

namespace IndicatorCore.Tests.Bench;

public sealed class SideContextTests
{
    [Fact]
    public void Two_contexts_of_one_build_read_the_same_rows_by_every_path()
    {
        var library = typeof(Schema).Assembly.Location;
        var (one, two) = (new SideContext(library), new SideContext(library));
        using var data = new RegressionData();

        Assert.NotEmpty(one.Names);
        Assert.All(one.Names, path =>
        {
            using var first = one.Open(path, data.Folder);
            using var second = two.Open(path, data.Folder);
            var rows = first.Run();
            Assert.True(rows > 10_000, $"{path} reads {rows} rows");
            Assert.Equal(rows, second.Run());
            Assert.Equal(rows, first.Run());
        });
    }

    [Fact]
    public void Each_context_has_a_library_of_its_own()
    {
        var library = typeof(Schema).Assembly.Location;
        var (one, two) = (new SideContext(library), new SideContext(library));
        using var data = new RegressionData();
        one.Open(one.Names[0], data.Folder).Dispose();
        two.Open(two.Names[0], data.Folder).Dispose();

        var first = Assert.Single(one.Assemblies, static assembly => assembly.GetName().Name == "IndicatorCore");
        Assert.Contains(two.Assemblies, static assembly => assembly.GetName().Name == "IndicatorCore");
        Assert.DoesNotContain(first, two.Assemblies);
        Assert.NotSame(typeof(Schema).Assembly, first);
    }
}
