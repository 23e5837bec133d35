using System.Diagnostics;
using System.Text.Json.Nodes;

namespace IndicatorCore.Tests.Support;

/// <summary>apache-arrow (JS): tests/foreign, after <c>npm ci</c> there. Skips visibly where it is absent.</summary>
internal static class ForeignReader
{
    /// <summary>The lines that read.mjs prints of a file or stream: the schema, then a batch each.</summary>
    public static List<JsonNode> Read(byte[] bytes)
    {
        var folder = Path.Combine(Shared.Repository, "tests", "foreign");
        var node = Find("node");
        var isHere = node is not null && Directory.Exists(Path.Combine(folder, "node_modules", "apache-arrow"));
        var required = (Environment.GetEnvironmentVariable("INDICATORCORE_REQUIRE") ?? string.Empty).Split(',');
        Assert.False(!isHere && required.Contains("npm", StringComparer.Ordinal), "node and tests/foreign/node_modules are required but absent.");
        Skip.IfNot(isHere, "node or tests/foreign/node_modules is not here (npm ci in tests/foreign).");

        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, bytes);
            using var process = Process.Start(new ProcessStartInfo(node!, [Path.Combine(folder, "read.mjs"), file])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = System.Text.Encoding.UTF8,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult());
            return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonNode.Parse(line)!)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string? Find(string programme) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, programme))
        .FirstOrDefault(File.Exists);
}
