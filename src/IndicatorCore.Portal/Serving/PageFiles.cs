using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace IndicatorCore.Portal.Serving;

/// <summary>The dashboard's files, which lie in this assembly: read once, and kept compressed too.</summary>
internal sealed class PageFiles
{
    private const string Prefix = "page/";
    private const int WorthCompressing = 1024;
    private readonly FrozenDictionary<string, PageFile> _files = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(static name => name[Prefix.Length..].Replace('\\', '/'), static name => Load(name), StringComparer.Ordinal);

    /// <summary>Answers with a file.</summary>
    /// <exception cref="ProblemException">There is none of that name.</exception>
    public async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.RouteValues.TryGetValue("path", out var value) && value is string { Length: > 0 } text ? text : "index.html";
        if (!_files.TryGetValue(path, out var file))
        {
            throw ProblemException.NotFound("There is no such page.");
        }

        var response = context.Response;
        response.Headers.ETag = file.Tag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(file.Tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var isCompressed = file.Compressed is not null && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        var bytes = isCompressed ? file.Compressed! : file.Bytes;
        response.ContentType = file.Type;
        response.ContentLength = bytes.Length;
        if (isCompressed)
        {
            response.Headers.ContentEncoding = "gzip";
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private static PageFile Load(string name)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        byte[]? compressed = null;
        var type = TypeOf(name);
        if (bytes.Length >= WorthCompressing && !type.StartsWith("image/png", StringComparison.Ordinal))
        {
            using var memory = new MemoryStream();
            using (var gzip = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true))
            {
                gzip.Write(bytes);
            }

            compressed = memory.ToArray();
        }

        return new PageFile(bytes, compressed, type, $"W/\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".json" => "application/json; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    };

    private sealed record PageFile(byte[] Bytes, byte[]? Compressed, string Type, string Tag);
}
