using System.Text.Json;
using IndicatorCore.Fuzz.Seeds;

namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>Known hostile inputs: every composed one, every bad LZ4 frame, and what OSS-Fuzz found in other readers, each as file and as stream.</summary>
internal sealed class CorpusCampaign : Campaign
{
    private readonly Lazy<List<(string Path, InputKind Kind, bool MustBeRefused)>> _files = new(Find);

    public override string Name => "corpus";

    public override long Available => _files.Value.Count;

    public override int Share => 5;

    public override string? Absent =>
        ReferenceFiles.Shared is null ? "the shared corpus (INDICATORCORE_SHARED or ../shared) is not here: only data/arrow is tried" : null;

    public override FuzzInput Make(long item, ulong seed)
    {
        var (path, kind, mustBeRefused) = _files.Value[(int)item];
        var bytes = File.ReadAllBytes(path);
        return new FuzzInput(kind, Path.GetFileName(path), bytes) { MustBeRefused = mustBeRefused, Room = 1 << 20, Variant = (int)item };
    }

    private static List<(string Path, InputKind Kind, bool MustBeRefused)> Find()
    {
        List<(string Path, InputKind Kind, bool MustBeRefused)> all = [];
        var composed = ReferenceFiles.Shared is { } shared ? Path.Combine(shared, "arrow", "composed") : ReferenceFiles.Samples("composed");
        var errors = Errors(composed);
        foreach (var file in ReferenceFiles.In(composed, "bad.*"))
        {
            var isFile = file.EndsWith(".arrow", StringComparison.Ordinal);
            all.Add((file, isFile ? InputKind.File : InputKind.Stream, errors.Contains(Path.GetFileName(file))));
            all.Add((file, isFile ? InputKind.Stream : InputKind.File, false));
        }

        foreach (var file in ReferenceFiles.In(ReferenceFiles.Shared is { } root ? Path.Combine(root, "arrow", "lz4") : ReferenceFiles.Samples("lz4"), "bad.*"))
        {
            all.Add((file, InputKind.Lz4Frame, true));
        }

        foreach (var file in ReferenceFiles.Shared is { } found ? ReferenceFiles.In(Path.Combine(found, "arrow", "golden", "fuzz")) : [])
        {
            all.Add((file, InputKind.File, false));
            all.Add((file, InputKind.Stream, false));
        }

        return all;
    }

    private static HashSet<string> Errors(string folder)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "manifest.json")));
        return [.. manifest.RootElement.GetProperty("entries").EnumerateArray()
            .Where(static entry => entry.GetProperty("expect").GetString() == "error")
            .Select(static entry => entry.GetProperty("file").GetString()!)];
    }
}
