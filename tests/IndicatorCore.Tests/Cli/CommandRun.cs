using System.Text;
using IndicatorCore.Cli;
using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Cli;

/// <summary>Runs command lines in this process, in a folder of their own.</summary>
internal sealed class CommandRun : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("indicators-").FullName;

    public FakeRun Engine { get; set; } = new();

    public Dictionary<string, string> Variables { get; } = [];

    public byte[] Input { get; set; } = [];

    public int? Width { get; set; }

    public IReadOnlyList<IndicatorDescription>? Catalog { get; set; }

    public bool UsesRealEngine { get; set; }

    public Stream? Output { get; set; }

    public string Out { get; private set; } = string.Empty;

    public string Error { get; private set; } = string.Empty;

    public Task<int> InvokeAsync(params string[] args) => InvokeAsync(args, CancellationToken.None);

    public async Task<int> InvokeAsync(string[] args, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var context = new CommandContext
        {
            StandardInput = new MemoryStream(Input),
            StandardOutput = Output ?? output,
            StandardError = error,
            WorkingDirectory = Folder,
            Variables = Variables,
            OutputWidth = Width,
            ErrorWidth = Width,
        };
        if (!UsesRealEngine)
        {
            context = context with { MakeRun = Make };
        }

        if (Catalog is not null)
        {
            context = context with { Catalog = Catalog };
        }

        var code = await IndicatorsCommand.InvokeAsync(args, context, cancellationToken);
        Out = Encoding.UTF8.GetString(output.ToArray());
        Error = error.ToString();
        return code;
    }

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private FakeRun Make(IndicatorQuery query)
    {
        Engine.Query = query;
        return Engine;
    }
}
