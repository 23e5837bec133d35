using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IndicatorCore.Portal.Serving;

/// <summary>What of a manifest stands beside a row.</summary>
internal static class ManifestExcerpt
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes it.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="all">Whether the caller may see the inputs, which tell of the whole dataset.</param>
    /// <param name="output">Takes the bytes.</param>
    public static void Write(JsonNode? manifest, bool all, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, s_options);
        json.WriteStartObject();
        Copy("engine", manifest?["engine_version"]);
        Copy("profile", manifest?["profile"]);
        Copy("options", manifest?["options"]);
        Copy("disclosure", manifest?["disclosure"]);
        json.WriteStartArray("inputs");
        foreach (var input in all && manifest?["inputs"] is JsonArray inputs ? inputs : [])
        {
            input?.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();

        void Copy(string name, JsonNode? value)
        {
            json.WritePropertyName(name);
            if (value is null)
            {
                json.WriteNullValue();
            }
            else
            {
                value.WriteTo(json);
            }
        }
    }
}
