using System.Globalization;
using System.Text.Json;
using IndicatorCore.Errors;

namespace IndicatorCore.Sources;

/// <summary>A value of a JSON configuration file that knows its file and its path, so that every error can name both.</summary>
internal sealed class ConfigurationNode
{
    private static readonly JsonDocumentOptions s_options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
        MaxDepth = 32,
    };

    private readonly JsonElement _element;
    private readonly string _file;
    private readonly string _what;
    private readonly JsonPlaces? _places;

    private ConfigurationNode(JsonElement element, string file, string path, string what, JsonPlaces? places)
    {
        _element = element;
        _file = file;
        _what = what;
        _places = places;
        Path = path;
    }

    /// <summary>Such as <c>columns.rsrp_dbm.unit</c>; empty for the whole.</summary>
    public string Path { get; }

    /// <summary>Whether the value is text.</summary>
    public bool IsText => _element.ValueKind == JsonValueKind.String;

    /// <summary>Whether the value is an object.</summary>
    public bool IsObject => _element.ValueKind == JsonValueKind.Object;

    /// <summary>Whether the value is an array.</summary>
    public bool IsArray => _element.ValueKind == JsonValueKind.Array;

    /// <summary>Whether the value is a number.</summary>
    public bool IsNumber => _element.ValueKind == JsonValueKind.Number;

    /// <summary>Whether the value is true or false.</summary>
    public bool IsFlag => _element.ValueKind is JsonValueKind.True or JsonValueKind.False;

    /// <summary>Whether the value is null.</summary>
    public bool IsNull => _element.ValueKind == JsonValueKind.Null;

    /// <summary>Reads JSON with comments and trailing commas; a key given twice is an error.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">How errors call the file.</param>
    /// <param name="what">How errors call what it holds.</param>
    /// <exception cref="ConfigurationException">The text is not such JSON.</exception>
    public static ConfigurationNode Parse(string json, string file, string what = "profile") => Parse(json, file, what, places: null);

    /// <summary>The same, and every error names its line too.</summary>
    /// <inheritdoc cref="Parse(string, string, string)"/>
    public static ConfigurationNode ParseLocated(string json, string file, string what) => Parse(json, file, what, new JsonPlaces(json));

    private static ConfigurationNode Parse(string json, string file, string what, JsonPlaces? places)
    {
        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            return new ConfigurationNode(document.RootElement.Clone(), file, string.Empty, what, places);
        }
        catch (JsonException fault)
        {
            var line = fault.LineNumber is { } number ? number + 1 : (long?)null;
            throw new ConfigurationException(
                $"The {what} is not valid JSON: {fault.Message.TrimEnd('.')}",
                new DataLocation(File: file, Row: line),
                "Comments and trailing commas are allowed; each key may stand once.",
                fault);
        }
    }

    /// <summary>The members in file order.</summary>
    public IReadOnlyList<KeyValuePair<string, ConfigurationNode>> Members()
    {
        if (_element.ValueKind != JsonValueKind.Object)
        {
            throw WrongType("an object { ... }");
        }

        var members = new List<KeyValuePair<string, ConfigurationNode>>();
        foreach (var member in _element.EnumerateObject())
        {
            var name = member.Name;
            members.Add(new(name, new ConfigurationNode(member.Value, _file, Path.Length == 0 ? name : $"{Path}.{name}", _what, _places)));
        }

        return members;
    }

    /// <summary>The elements of an array.</summary>
    public IReadOnlyList<ConfigurationNode> Elements()
    {
        if (_element.ValueKind != JsonValueKind.Array)
        {
            throw WrongType("an array [ ... ]");
        }

        var elements = new List<ConfigurationNode>();
        foreach (var element in _element.EnumerateArray())
        {
            elements.Add(new ConfigurationNode(element, _file, $"{Path}[{elements.Count}]", _what, _places));
        }

        return elements;
    }

    /// <summary>Text.</summary>
    public string Text() => IsText ? _element.GetString()! : throw WrongType("text");

    /// <summary>Text that is not empty.</summary>
    public string Name()
    {
        var text = Text();
        return text.Length > 0 ? text : throw Fault("is empty", "Give a name, or leave the key out.");
    }

    /// <summary>An array of texts.</summary>
    public IReadOnlyList<string> Texts() => [.. Elements().Select(static element => element.Text())];

    /// <summary>True or false.</summary>
    public bool Flag() => _element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw WrongType("true or false"),
    };

    /// <summary>A number, exactly as written, up to 28 digits.</summary>
    public decimal Number()
    {
        if (_element.ValueKind != JsonValueKind.Number)
        {
            throw WrongType("a number");
        }

        return decimal.TryParse(_element.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Fault("is outside the range of numbers that are kept exactly");
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Integer(int least, int most)
    {
        var value = Number();
        return value == decimal.Truncate(value) && value >= least && value <= most
            ? (int)value
            : throw Fault($"must be a whole number from {least} to {most}");
    }

    /// <summary>The text of a number or of text: what a user may write either way.</summary>
    public string TextOrNumber() => _element.ValueKind == JsonValueKind.Number ? _element.GetRawText() : Text();

    /// <summary>An error about this value: its path, what is wrong, what it is.</summary>
    public ConfigurationException Fault(string problem, string? advice = null) => new(
        $"{(Path.Length == 0 ? $"The {_what}" : Path)} {problem}{Shown()}",
        Location,
        advice);

    /// <summary>An error about a place in this text.</summary>
    /// <param name="character">How many characters of the text stand before it.</param>
    /// <param name="problem">What is wrong there.</param>
    /// <param name="advice">What to do.</param>
    public ConfigurationException FaultAt(int character, string problem, string? advice = null)
    {
        // the text starts behind its quote; with escapes its characters cannot be told apart in the file
        var place = _element.GetRawText().Contains('\\', StringComparison.Ordinal) ? null : _places?.Find(Path);
        var inFile = place is { } found ? $" (line {found.Line}, column {found.Column + 1 + character})" : string.Empty;
        return new ConfigurationException($"{Path} at character {character + 1}{inFile} {problem}{Shown()}", Location, advice);
    }

    /// <summary>An error about a key that is not known here.</summary>
    public ConfigurationException Unknown(string key, IReadOnlyCollection<string> known) => new(
        $"\"{key}\" is not a key of {Parent(key)}",
        Location,
        NearestName.Advice(key, known));

    private DataLocation Location => new(File: _file, Row: _places?.Find(Path)?.Line);

    private string Parent(string key)
    {
        var parent = Path.Length > key.Length ? Path[..^(key.Length + 1)] : string.Empty;
        return parent.Length == 0 ? $"the {_what}" : parent;
    }

    private ConfigurationException WrongType(string expected) => Fault($"must be {expected}");

    private string Shown()
    {
        var text = _element.GetRawText();
        return text.Length is 0 or > 60 ? string.Empty : $", and is {text}";
    }
}
