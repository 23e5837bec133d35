using System.Buffers;
using System.Security.Cryptography;

namespace IndicatorCore.Indicators;

/// <summary>The digest that says whether two reports hold the same rows (interface 4).</summary>
public static class ResultDigest
{
    /// <summary>SHA-256 of the rows as ndjson, each ended by a line feed; 64 lower-case hexadecimal digits.</summary>
    /// <param name="rows">The rows in report order.</param>
    /// <param name="zone">The reporting zone, in which instants are written.</param>
    public static string Compute(IReadOnlyList<IndicatorRow> rows, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(zone);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        var json = new JsonOutput(buffer);
        for (var i = 0; i < rows.Count; i++)
        {
            json.StartDocument();
            ResultRowJson.Write(json, rows[i], zone);
            json.LineFeed();
            if (buffer.WrittenCount >= 32 * 1024)
            {
                hash.AppendData(buffer.WrittenSpan);
                buffer.ResetWrittenCount();
            }
        }

        hash.AppendData(buffer.WrittenSpan);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
