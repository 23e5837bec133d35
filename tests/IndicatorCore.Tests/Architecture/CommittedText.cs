namespace IndicatorCore.Tests.Architecture;

/// <summary>A committed file that the code gives rise to: compared, or rewritten when a variable asks for it.</summary>
internal static class CommittedText
{
    /// <summary>Fails when the file differs from the text; with <paramref name="variable"/> = 1 writes it instead.</summary>
    public static void Check(string path, string text, string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) == "1")
        {
            File.WriteAllText(path, text);
            return;
        }

        var committed = File.Exists(path) ? File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal) : string.Empty;
        var (left, right) = (committed.Split('\n'), text.Split('\n'));
        var gone = left.Except(right, StringComparer.Ordinal).Take(20).Select(static line => "- " + line);
        var come = right.Except(left, StringComparer.Ordinal).Take(20).Select(static line => "+ " + line);
        Assert.True(
            committed == text,
            $"{Path.GetFileName(path)} differs from what the code gives; {variable}=1 rewrites it.\n{string.Join('\n', gone.Concat(come))}");
    }
}
