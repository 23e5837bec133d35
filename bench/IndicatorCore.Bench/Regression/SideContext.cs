using System.Reflection;
using System.Runtime.Loader;

namespace IndicatorCore.Bench.Regression;

/// <summary>One build of the library, loaded apart with a copy of the probe; everything else is shared by all sides.</summary>
internal sealed class SideContext : AssemblyLoadContext
{
    private const string Library = "IndicatorCore";
    private const string Probe = "IndicatorCore.Bench.Probe";

    private readonly string _library;
    private readonly Func<string, string, (Func<long> Run, Action Close)> _open;

    /// <summary>Loads a build. The context is not collectible: collectible code is compiled differently.</summary>
    /// <param name="library">The library's file.</param>
    public SideContext(string library)
        : base(isCollectible: false)
    {
        _library = library;
        var paths = LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, Probe + ".dll")).GetType(Probe + ".IngestPaths", throwOnError: true)!;
        _open = paths.GetMethod("Open")!.CreateDelegate<Func<string, string, (Func<long> Run, Action Close)>>();
        Names = (IReadOnlyList<string>)paths.GetProperty("Names")!.GetValue(null)!;
    }

    /// <summary>The paths that the probe offers.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens a path on the data of a folder.</summary>
    public SideSession Open(string path, string folder)
    {
        var (run, close) = _open(path, folder);
        return new SideSession(run, close);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name == Library ? LoadFromAssemblyPath(_library) : null;
}
