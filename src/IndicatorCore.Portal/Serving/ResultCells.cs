using System.Text;
using System.Text.Json;

namespace IndicatorCore.Portal.Serving;

/// <summary>A row's JSON as cells: what a table of it shows. One object serves row after row.</summary>
internal sealed class ResultCells
{
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);

    /// <summary>The group.</summary>
    public List<KeyValuePair<string, string?>> Group { get; } = [];

    /// <summary>The group as it was written.</summary>
    public string GroupJson { get; private set; } = "{}";

    /// <summary>Evidence beyond what every indicator has, as an object, or null.</summary>
    public string? More { get; private set; }

    /// <summary>A cell: texts as they are, numbers as they were written, lists joined by <c>;</c>; null where there is none. Evidence is <c>evidence_</c> and its name.</summary>
    public string? this[string name] => _texts.GetValueOrDefault(name);

    /// <summary>The fixed evidence, in the order of interface 4.</summary>
    public static IReadOnlyList<string> Evidence { get; } =
    [
        "n_received", "n_dup", "n_conflict", "n_quarantined", "n_valid", "n_missing", "n_invalid", "n_unserved", "first_ts", "last_ts", "expected", "completeness",
    ];

    /// <summary>Takes the next row.</summary>
    public void Read(ReadOnlyMemory<byte> json)
    {
        _texts.Clear();
        Group.Clear();
        (GroupJson, More) = ("{}", null);
        var reader = new Utf8JsonReader(json.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "group":
                    ReadGroup(ref reader, json.Span);
                    break;
                case "evidence":
                    ReadEvidence(ref reader, json.Span);
                    break;
                default:
                    _texts[name] = Cell(ref reader, json.Span);
                    break;
            }
        }
    }

    /// <summary>The value of a key of the group, or null.</summary>
    public string? GroupValue(string key)
    {
        foreach (var (name, value) in Group)
        {
            if (name == key)
            {
                return value;
            }
        }

        return null;
    }

    private void ReadGroup(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            Group.Add(KeyValuePair.Create(key, reader.GetString()));
        }

        GroupJson = Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]);
    }

    private void ReadEvidence(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        StringBuilder? more = null;
        while (reader.TokenType == JsonTokenType.StartObject || reader.TokenType != JsonTokenType.Null)
        {
            if (!reader.Read() || reader.TokenType == JsonTokenType.EndObject)
            {
                break;
            }

            var name = reader.GetString()!;
            reader.Read();
            if (Evidence.Contains(name, StringComparer.Ordinal))
            {
                _texts["evidence_" + name] = Cell(ref reader, json);
                continue;
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            more = (more is null ? new StringBuilder("{") : more.Append(',')).Append('"').Append(JsonEncodedText.Encode(name)).Append("\":").Append(Encoding.UTF8.GetString(json[start..(int)reader.BytesConsumed]));
        }

        More = more?.Append('}').ToString();
    }

    private static string? Cell(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.String:
                return reader.GetString();
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                var isObject = reader.TokenType == JsonTokenType.StartObject;
                var items = new List<string>();
                while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
                {
                    var name = isObject ? reader.GetString() + "=" : string.Empty;
                    if (isObject)
                    {
                        reader.Read();
                    }

                    items.Add(name + Cell(ref reader, json));
                }

                return string.Join(';', items);
            default:
                return Encoding.UTF8.GetString(json[(int)reader.TokenStartIndex..(int)reader.BytesConsumed]);
        }
    }
}
