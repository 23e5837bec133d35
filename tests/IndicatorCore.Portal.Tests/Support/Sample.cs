using System.Buffers.Binary;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Registry;

namespace IndicatorCore.Portal.Tests.Support;

/// <summary>The sample that comes with the project, and recipes small enough for a test.</summary>
internal static class Sample
{
    private static readonly Lazy<IndicatorRegistry> s_registry = new(static () => RegistryReader.Read(File("registry")));

    public static IndicatorRegistry Registry => s_registry.Value;

    public static string File(string name) => Path.Combine(Repository(), "data", "sample", name);

    public static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "IndicatorCore.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The repository is not above the tests.");
    }

    /// <summary>A few indicators of two tables.</summary>
    public static PortalRecipe Recipe(params string[] select) => new()
    {
        Dataset = "sample",
        Query = new IndicatorQuery { Registry = Registry, Select = select.Length > 0 ? select : ["knr", "cov_sample", "cov_grid"], Threads = 1 },
        Levels = ["province", "city", "factory"],
    };

    /// <summary>A file as the stream that it holds: what lies between its mark and its footer.</summary>
    public static byte[] StreamOf(string name)
    {
        var file = System.IO.File.ReadAllBytes(File(name));
        var footer = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(file.Length - 10));
        return file[8..(file.Length - 10 - footer)];
    }
}
