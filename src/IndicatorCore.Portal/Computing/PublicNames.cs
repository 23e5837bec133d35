using IndicatorCore.Indicators;

namespace IndicatorCore.Portal.Computing;

/// <summary>Inputs by their file names alone: where they lie on the server is nobody's business.</summary>
internal static class PublicNames
{
    /// <summary>The report with such a manifest.</summary>
    public static IndicatorReport Of(IndicatorReport report) => report with
    {
        Manifest = report.Manifest with
        {
            Inputs = [.. report.Manifest.Inputs.Select(Of).OrderBy(static input => input.Name, StringComparer.Ordinal)],
            States = [.. report.Manifest.States.Select(static state => state with { Name = Name(state.Name) })],
        },
    };

    /// <summary>A path's last part.</summary>
    public static string Name(string path) => Path.GetFileName(path.TrimEnd('/')) is { Length: > 0 } name ? name : path;

    private static ManifestInput Of(ManifestInput input) => input with
    {
        Name = Name(input.Name),
        ReplayOf = input.ReplayOf is { } original ? Name(original) : null,

        // a message names its file in full, and the reason says what counts
        Skipped = [.. input.Skipped.Select(static part => part with { Message = part.Reason })],
    };
}
