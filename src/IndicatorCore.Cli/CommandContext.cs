using IndicatorCore.Cli.Output;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli;

/// <summary>What a command sees of the process around it, so that tests need none.</summary>
internal sealed record CommandContext
{
    /// <summary>Standard input.</summary>
    public required Stream StandardInput { get; init; }

    /// <summary>Standard output.</summary>
    public required Stream StandardOutput { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter StandardError { get; init; }

    /// <summary>Where <c>indicators.json</c> is looked for and outputs are resolved.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>The environment variables.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Cells of a line of standard output, or null when it is no terminal.</summary>
    public int? OutputWidth { get; init; }

    /// <summary>Cells of a line of standard error, or null when it is no terminal.</summary>
    public int? ErrorWidth { get; init; }

    /// <summary>Measures elapsed time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the engine of a query.</summary>
    public Func<IndicatorQuery, IIndicatorRun> MakeRun { get; init; } = static query => new EngineRun(query);

    /// <summary>The indicators that <c>catalog</c> lists.</summary>
    public IReadOnlyList<IndicatorDescription> Catalog { get; init; } = IndicatorCatalog.All;

    /// <summary>Whether tables may be coloured.</summary>
    public bool UseColor => OutputWidth is not null && !HasNoColor;

    /// <summary>Whether messages may be coloured.</summary>
    public bool UseErrorColor => ErrorWidth is not null && !HasNoColor;

    private bool HasNoColor =>
        (Variables.TryGetValue("NO_COLOR", out var value) && value.Length > 0)
        || (Variables.TryGetValue("TERM", out var terminal) && terminal == "dumb");

    /// <summary>A path as the user typed it, made absolute.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, WorkingDirectory);

    /// <summary>A path to open: as typed when it is relative to the process's own folder, so that messages show it that way.</summary>
    public string Locate(string path) => WorkingDirectory == Directory.GetCurrentDirectory() ? path : Resolve(path);

    /// <summary>Standard output or a file, as <c>--out</c> says.</summary>
    public OutputTarget Target(string? path) => path is null or "-" ? OutputTarget.Standard(this) : OutputTarget.ToFile(Resolve(path));
}
