using System.Buffers;
using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace IndicatorCore.Portal.Access;

/// <summary>A line of the audit log: who asked for what, with which grants, and what became of it.</summary>
internal static partial class AuditEntry
{
    private const int LongestText = 1_000;

    // read by people, never shown by a browser
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(HttpContext context, DateTimeOffset at, TimeSpan elapsed, int status)
    {
        var request = context.Request;
        var output = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(output, s_options);
        json.WriteStartObject();
        json.WriteString("at", at.UtcDateTime);
        json.WriteString("who", Text(context.User.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? context.User.Identity?.Name ?? "anonymous"));
        json.WriteString("name", context.User.Identity?.Name is { } name ? Text(name) : null);
        json.WriteString("from", Address(context.Connection.RemoteIpAddress));
        json.WriteString("method", Text(request.Method));
        json.WriteString("path", Text(request.Path.Value ?? string.Empty));
        json.WriteString("query", Text(Uri.UnescapeDataString(request.QueryString.Value ?? string.Empty)));
        json.WriteStartArray("grants");
        foreach (var grant in context.User.FindAll(PortalAccess.GrantClaim))
        {
            json.WriteStringValue(Text(grant.Value));
        }

        json.WriteEndArray();
        json.WriteNumber("status", status);
        json.WriteNumber("milliseconds", (long)elapsed.TotalMilliseconds);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Bounded, and without what looks like a key that somebody put into an address by mistake.</summary>
    private static string Text(string text) => KeyPattern().Replace(text.Length <= LongestText ? text : text[..LongestText], "ic_$1_...");

    private static string? Address(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4().ToString() : address?.ToString();

    // the secret's beginning is enough: a text may be cut inside it
    [GeneratedRegex("ic_([a-z2-7]{10})_[A-Za-z0-9_-]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex KeyPattern();
}
