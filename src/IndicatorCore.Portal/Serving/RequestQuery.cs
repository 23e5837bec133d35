using System.Globalization;
using IndicatorCore.Errors;
using IndicatorCore.Portal.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace IndicatorCore.Portal.Serving;

/// <summary>The parameters of a request, each judged: what makes no sense is a problem with its name.</summary>
internal sealed class RequestQuery
{
    private const int LongestText = 512;
    private const int MostValues = 256;
    private readonly Dictionary<string, StringValues> _values;

    /// <summary>The parameters of a request to an endpoint.</summary>
    /// <exception cref="ProblemException">One is unknown, too long or no text.</exception>
    public RequestQuery(HttpContext context)
    {
        var known = context.GetEndpoint()?.Metadata.GetMetadata<EndpointParameters>()?.Names ?? [];
        _values = Parse(context.Request.QueryString.Value);
        foreach (var (name, values) in _values)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                var near = known.Count == 0 ? "This endpoint takes none." : NearestName.Advice(name, [.. known]);
                throw ProblemException.Bad(Short(name), $"There is no parameter '{Short(name)}'. {near}");
            }

            if (values.Count > MostValues || values.Any(static value => value is { Length: > LongestText } || HasControl(value)))
            {
                throw ProblemException.Bad(name, $"'{name}' has too many or too long values, or characters that are no text.");
            }
        }
    }

    /// <summary>Whether a parameter is there.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>A text, or null.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out var values)
        ? values.Count == 1 ? values[0] ?? string.Empty : throw ProblemException.Bad(name, $"'{name}' is given more than once.")
        : null;

    /// <summary>A text that is one of a few.</summary>
    public string Choice(string name, IReadOnlyList<string> choices)
    {
        var text = Text(name) ?? choices[0];
        return choices.Contains(text, StringComparer.Ordinal) ? text : throw ProblemException.Bad(name, $"'{name}' is one of {string.Join(", ", choices)}.");
    }

    /// <summary>An integer in a range, or null.</summary>
    public long? Integer(string name, long least, long most) => Text(name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw ProblemException.Bad(name, string.Create(CultureInfo.InvariantCulture, $"'{name}' is a whole number from {least} to {most}."));

    /// <summary>A list: comma-separated, and repeated; null where there is none.</summary>
    public IReadOnlyList<string>? List(string name) => _values.TryGetValue(name, out var values)
        ? [.. values.SelectMany(static value => (value ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))]
        : null;

    /// <summary>The revision, or null for the newest.</summary>
    public int? Revision() => (int?)Integer("revision", 1, int.MaxValue);

    /// <summary>The values that a group must have.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Group() => [.. Pairs("group").Select(static pair => KeyValuePair.Create(pair.Key, pair.Value.Length == 0 ? null : pair.Value))];

    /// <summary>The places asked for, or null for all.</summary>
    public IReadOnlyList<PlaceScope>? Within() => Has("within")
        ? [.. Pairs("within").Select(static pair => new PlaceScope(
            pair.Key switch
            {
                "province" => PlaceKind.Province,
                "city" => PlaceKind.City,
                "factory" => PlaceKind.Factory,
                _ => throw ProblemException.Bad("within", "'within' is province:NAME, city:NAME or factory:ID."),
            },
            pair.Value))]
        : null;

    /// <summary>An instant, UTC nanoseconds: RFC 3339, or a date that begins in a zone.</summary>
    public long? Instant(string name, TimeZoneInfo zone)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is >= 1700 and <= 2200)
        {
            var midnight = date.ToDateTime(TimeOnly.MinValue);
            return Nanoseconds(new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)));
        }

        // a plus that was not escaped arrives as a blank
        var isInstant = DateTimeOffset.TryParseExact(
            text.Replace(' ', '+'), s_instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant);
        return isInstant && instant.Year is >= 1700 and <= 2200
            ? Nanoseconds(instant)
            : throw ProblemException.Bad(name, $"'{name}' is an instant such as 2024-03-01T00:00:00+08:00, or a date.");
    }

    /// <summary>The address of the same question with another offset.</summary>
    public string WithOffset(HttpContext context, long offset)
    {
        var values = _values.Where(static pair => pair.Key != "offset").SelectMany(static pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)))
            .Append(KeyValuePair.Create("offset", (string?)offset.ToString(CultureInfo.InvariantCulture)));
        return QueryHelpers.AddQueryString($"{context.Request.PathBase}{context.Request.Path}", values);
    }

    private static readonly string[] s_instants = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    private static long Nanoseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;

    private IEnumerable<KeyValuePair<string, string>> Pairs(string name)
    {
        foreach (var value in _values.TryGetValue(name, out var values) ? values : default)
        {
            var at = value?.IndexOf(':', StringComparison.Ordinal) ?? -1;
            yield return at > 0 ? KeyValuePair.Create(value![..at], value[(at + 1)..]) : throw ProblemException.Bad(name, $"'{name}' is key:value, such as factory:F001.");
        }
    }

    private static Dictionary<string, StringValues> Parse(string? query)
    {
        const int MostParameters = 64;
        var values = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        var count = 0;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var name = pair.DecodeName().ToString();
            values[name] = StringValues.Concat(values.GetValueOrDefault(name), pair.DecodeValue().ToString());
            if (++count > MostParameters * 4 || values.Count > MostParameters)
            {
                throw new ProblemException(StatusCodes.Status400BadRequest, "There are too many parameters.");
            }
        }

        return values;
    }

    private static string Short(string text) => new([.. text.Take(40).Where(static character => !char.IsControl(character) && !char.IsSurrogate(character))]);

    private static bool HasControl(string? text) => text is not null && text.Any(static character => char.IsControl(character) || character == '\ufffd');
}
