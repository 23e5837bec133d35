using System.Globalization;

namespace IndicatorCore.Fuzz.Running;

/// <summary>Keeps the input of a failure in a file whose name says how it was made: <c>bytes.seed7.of1000.input123.bin</c>.</summary>
internal static class FailureDump
{
    /// <summary>Writes the input down and gives the path.</summary>
    public static string Write(string folder, Slice slice, long index, byte[] bytes)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, string.Create(
            CultureInfo.InvariantCulture, $"{slice.Campaign}.seed{slice.Seed}.of{slice.Wanted}.input{index}.bin"));
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Reads from a path what <see cref="Write"/> put into it; null for any other name.</summary>
    public static (Slice Slice, long Index)? Parse(string path)
    {
        var parts = Path.GetFileName(path).Split('.');
        return parts.Length == 5
            && Number(parts[1], "seed") is { } seed && Number(parts[2], "of") is { } wanted && Number(parts[3], "input") is { } index
                ? (new Slice(parts[0], seed, (long)wanted, (long)index, 1), (long)index)
                : null;
    }

    private static ulong? Number(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) && ulong.TryParse(text.AsSpan(prefix.Length), CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
