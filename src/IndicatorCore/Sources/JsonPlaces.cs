using System.Text;
using System.Text.Json;

namespace IndicatorCore.Sources;

/// <summary>Where the values of a JSON text stand, looked for when an error is to name its line.</summary>
/// <param name="json">The text, with comments and trailing commas.</param>
internal sealed class JsonPlaces(string json)
{
    private const int MaxDepth = 32;

    /// <summary>The place of a value: line and column from 1, columns in characters; null where it is not found.</summary>
    /// <param name="path">Its path, such as <c>indicators[2].where</c>; empty for the whole.</param>
    public (int Line, int Column)? Find(string path)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = MaxDepth });
        var paths = new Stack<(string Path, int Elements)>();   // of what is open; elements below 0 = it is an object
        var member = string.Empty;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    paths.Pop();
                    continue;
                }

                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    member = reader.GetString() ?? string.Empty;
                    continue;
                }

                var at = string.Empty;
                if (paths.TryPop(out var outer))
                {
                    at = outer.Elements >= 0 ? $"{outer.Path}[{outer.Elements}]" : outer.Path.Length == 0 ? member : $"{outer.Path}.{member}";
                    paths.Push(outer.Elements >= 0 ? (outer.Path, outer.Elements + 1) : outer);
                }

                if (at == path)
                {
                    return Place(bytes.AsSpan(0, (int)reader.TokenStartIndex));
                }

                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    paths.Push((at, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
                }
            }
        }
        catch (JsonException)
        {
            return null;   // it was read before, and so it is the text of another
        }

        return null;
    }

    private static (int Line, int Column) Place(ReadOnlySpan<byte> before)
    {
        var start = before.LastIndexOf((byte)'\n') + 1;
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[start..]) + 1);
    }
}
