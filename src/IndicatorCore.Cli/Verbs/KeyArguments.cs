using System.Globalization;
using System.Text;
using System.Text.Json;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Portal.Access;

namespace IndicatorCore.Cli.Verbs;

/// <summary>What the verbs of <c>keys</c> share.</summary>
internal static class KeyArguments
{
    private static readonly JsonWriterOptions s_json = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The word before the verbs.</summary>
    public static (string Name, string Description) Parent => ("keys", "Access keys of the portal: who may read and upload what");

    /// <summary>Does something with the keys of a store.</summary>
    public static async Task<T> WithKeysAsync<T>(string? store, CommandContext context, Func<AccessKeys, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var opened = await StoreArguments.OpenAsync(store, context, cancellationToken);
        using var keys = new AccessKeys(opened, context.Time);
        return await work(keys);
    }

    /// <summary>Writes to standard output as text or as JSON.</summary>
    public static Task WriteAsync(string? format, CommandContext context, Action<TextWriter> text, Action<Utf8JsonWriter> json, CancellationToken cancellationToken) =>
        context.Target(path: null).WriteAsync(
            stream =>
            {
                if (format == "json")
                {
                    using var writer = new Utf8JsonWriter(stream, s_json);
                    json(writer);
                    writer.Flush();
                    stream.Write("\n"u8);
                    return;
                }

                using var lines = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
                text(lines);
            },
            cancellationToken);

    /// <summary>The members of a key, and of its token where it is new.</summary>
    public static void WriteJson(Utf8JsonWriter json, AccessKey key, string state, string? token)
    {
        json.WriteStartObject();
        json.WriteString("id", key.Id);
        json.WriteString("name", key.Name);
        json.WriteStartArray("grants");
        foreach (var grant in key.Grants)
        {
            json.WriteStringValue(grant.ToString());
        }

        json.WriteEndArray();
        json.WriteString("state", state);
        json.WriteString("created_at", Text(key.CreatedAt));
        json.WriteString("expires_at", Text(key.ExpiresAt));
        json.WriteString("revoked_at", Text(key.RevokedAt));
        json.WriteString("last_used", key.LastUsed is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null);
        if (token is not null)
        {
            json.WriteString("key", token);
        }

        json.WriteEndObject();
    }

    /// <summary>Keys as a table.</summary>
    public static void WriteTable(TextWriter output, IReadOnlyList<AccessKey> keys, CommandContext context)
    {
        var table = new TextTable(
            new TextColumn("id"), new TextColumn("name", CanWrap: true), new TextColumn("state"), new TextColumn("grants", CanWrap: true), new TextColumn("created"), new TextColumn("expires"), new TextColumn("last used"));
        foreach (var key in keys)
        {
            table.Add([
                key.Id, key.Name, State(key, context), string.Join(", ", key.Grants), Text(key.CreatedAt), Text(key.ExpiresAt) ?? "never",
                key.LastUsed is { } day ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "never",
            ]);
        }

        table.Write(output, context.OutputWidth, context.UseColor);
    }

    /// <summary>Whether a key holds.</summary>
    public static string State(AccessKey key, CommandContext context) => key.OutcomeAt(context.Time.GetUtcNow()) switch
    {
        KeyOutcome.Revoked => "revoked",
        KeyOutcome.Expired => "expired",
        _ => "valid",
    };

    /// <summary>The grants that <c>--grant</c> gives.</summary>
    /// <exception cref="UsageException">One is none.</exception>
    public static IReadOnlyList<Grant> Grants(string[] texts) => [.. texts.Select(static text => Grant.TryParse(text, out var grant)
        ? grant
        : throw new UsageException($"--grant: '{text}' is no grant; write read: or upload: with all, province:NAME, city:NAME or factory:ID, such as read:city:大连"))];

    /// <summary>The moment that <c>--expires</c> gives: a span from now, a date, or an instant.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static DateTimeOffset? Expiry(string? text, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (text is null)
        {
            return null;
        }

        if (text is [.. var digits, 'd' or 'h'] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and < 100_000)
        {
            return now + (text[^1] == 'd' ? TimeSpan.FromDays(count) : TimeSpan.FromHours(count));
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
        }

        return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new UsageException($"--expires: '{text}' is neither a span (90d, 12h) nor a date (2027-01-01) nor an instant (2027-01-01T08:00:00+08:00)");
    }

    private static string? Text(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
