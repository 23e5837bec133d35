using System.Text;
using IndicatorCore.Errors;

namespace IndicatorCore.Sources;

/// <summary>Reads small files that people write (profiles, registries): whole, bounded, and as strict UTF-8.</summary>
internal static class ConfigurationText
{
    /// <summary>The most bytes of a profile.</summary>
    public const int MaxProfileBytes = 16 << 20;

    private const int FirstBytes = 16 * 1024;

    /// <summary>The text of a profile, without its byte order mark.</summary>
    /// <exception cref="ConfigurationException">It is not UTF-8.</exception>
    /// <exception cref="LimitExceededException">It is far too long.</exception>
    /// <exception cref="IOException">It cannot be read, or is a directory.</exception>
    public static string Read(string path)
    {
        var bytes = ReadBytes(path, MaxProfileBytes);
        if (bytes.AsSpan().StartsWith(Encoding.Unicode.Preamble) || bytes.AsSpan().StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            var encoding = bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            return encoding.GetString(bytes.AsSpan(2));
        }

        try
        {
            return TextEncodings.Utf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException fault)
        {
            var line = fault.Index < 0 ? (long?)null : bytes.AsSpan(0, Math.Min(fault.Index, bytes.Length)).Count((byte)'\n') + 1;
            throw new ConfigurationException("The file is not UTF-8 text", new DataLocation(path, Row: line), "Save it as UTF-8.", fault);
        }
    }

    /// <summary>All bytes of a file, pipe or device.</summary>
    /// <exception cref="LimitExceededException">There are more than <paramref name="most"/>.</exception>
    /// <exception cref="IOException">It cannot be read, or is a directory.</exception>
    public static byte[] ReadBytes(string path, int most)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a directory; name a file");
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var expected = stream.CanSeek ? stream.Length : 0;
        var bytes = new byte[(int)Math.Clamp(expected + 1, FirstBytes, most + 1L)];
        for (var length = 0; ;)
        {
            var read = stream.Read(bytes, length, bytes.Length - length);
            length += read;
            if (read == 0)
            {
                return bytes.AsSpan(0, length).ToArray();
            }

            if (length > most)
            {
                throw new LimitExceededException(
                    $"The file has more than {most} bytes", new DataLocation(path), advice: "Check that the path names the right file.");
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(most + 1L, length * 2L));
            }
        }
    }
}
