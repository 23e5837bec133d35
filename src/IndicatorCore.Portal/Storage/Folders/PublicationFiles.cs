using System.Text.Json;
using System.Text.Json.Serialization;

namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>What the files of a publication are called, and how those of them that are JSON are written.</summary>
internal static class PublicationFiles
{
    /// <summary>What the publication says of itself.</summary>
    public const string Head = "publication.json";

    /// <summary>The rows, one a line.</summary>
    public const string Rows = "results.ndjson";

    /// <summary>The index of the rows, which may be missing.</summary>
    public const string Index = "results.index";

    /// <summary>The factories.</summary>
    public const string Places = "places.json";

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file of an attachment.</summary>
    public static string Of(Attachment attachment) => attachment switch
    {
        Attachment.Manifest => "manifest.json",
        Attachment.State => "state.arrow",
        Attachment.Declared => "declared.json",
        Attachment.Coverage => "coverage.json",
        Attachment.Difference => "difference.ndjson",
        _ => throw new ArgumentOutOfRangeException(nameof(attachment)),
    };

    /// <summary>The folder of a revision.</summary>
    public static string FolderOf(int revision) => $"r{revision:D6}";

    /// <summary>Writes a value as JSON.</summary>
    public static void Write<T>(Stream output, T value) => JsonSerializer.Serialize(output, value, s_json);

    /// <summary>Reads a value.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static T Read<T>(string path)
        where T : class
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return JsonSerializer.Deserialize<T>(file, s_json) ?? throw new JsonException("null");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"The store's file '{path}' is damaged: restore the store from a copy.", problem);
        }
    }
}
