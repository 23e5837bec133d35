using System.Text;
using IndicatorCore.Cli;

namespace IndicatorCore.Portal.Tests.Support;

/// <summary>Runs command lines in this process, in a folder of their own.</summary>
internal sealed class CommandLine : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    public ManualTime Time { get; } = new();

    public Dictionary<string, string> Variables { get; } = [];

    public string Out { get; private set; } = string.Empty;

    public string Error { get; private set; } = string.Empty;

    public async Task<int> InvokeAsync(params string[] args)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter { NewLine = "\n" };
        var context = new CommandContext
        {
            StandardInput = Stream.Null,
            StandardOutput = output,
            StandardError = error,
            WorkingDirectory = Folder.Path,
            Variables = Variables,
            Time = Time,
        };
        var code = await IndicatorsCommand.InvokeAsync(args, context);
        Out = Encoding.UTF8.GetString(output.ToArray());
        Error = error.ToString();
        return code;
    }

    public void Dispose() => Folder.Dispose();
}
