using System.Text.Json;

namespace IndicatorCore.Indicators;

/// <summary>A skipped part as manifests and state files hold it.</summary>
internal static class SkippedPartJson
{
    /// <summary>Writes a part.</summary>
    public static void Write(JsonOutput json, SkippedPart part)
    {
        json.StartObject();
        json.Name("reason");
        json.Value(part.Reason);
        json.Name("message");
        json.Value(part.Message);
        json.Name("table");
        json.Value(part.Table);
        json.Name("column");
        json.Value(part.Column);
        Count(json, "batch", part.Batch);
        Count(json, "offset", part.Offset);
        Count(json, "batches", part.Batches);
        Count(json, "rows", part.Rows);
        json.EndObject();
    }

    /// <summary>Reads a part.</summary>
    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    /// <exception cref="InvalidOperationException">A member is of another kind.</exception>
    /// <exception cref="FormatException">A number is none of 64 bits.</exception>
    public static SkippedPart Read(JsonElement part) => new()
    {
        Reason = part.GetProperty("reason").GetString() ?? string.Empty,
        Message = part.GetProperty("message").GetString() ?? string.Empty,
        Table = part.GetProperty("table").GetString(),
        Column = part.GetProperty("column").GetString(),
        Batch = Count(part, "batch"),
        Offset = Count(part, "offset"),
        Batches = Count(part, "batches"),
        Rows = Count(part, "rows"),
    };

    private static void Count(JsonOutput json, string name, long? count)
    {
        json.Name(name);
        if (count is { } known)
        {
            json.Value(known);
        }
        else
        {
            json.Null();
        }
    }

    private static long? Count(JsonElement part, string name) => part.GetProperty(name) is { ValueKind: not JsonValueKind.Null } count ? count.GetInt64() : null;
}
