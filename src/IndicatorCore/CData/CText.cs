using System.Runtime.InteropServices;
using System.Text;
using IndicatorCore.Errors;

namespace IndicatorCore.CData;

/// <summary>The texts of C structs: UTF-8.</summary>
internal static unsafe class CText
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes up to the null; none for a null pointer.</summary>
    public static ReadOnlySpan<byte> Bytes(byte* text) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);

    /// <summary>The text of a schema; what is not UTF-8 is refused.</summary>
    public static string Strict(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strict.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            throw new MalformedArrowException("A name or text in the schema is not UTF-8", inner: fault);
        }
    }

    /// <summary>The UTF-8 of a text that a schema holds, to be written.</summary>
    /// <exception cref="ArgumentException">The text has a lone surrogate, or a null character where C ends texts with one.</exception>
    public static byte[] Utf8(string text, bool isTerminated = true)
    {
        if (isTerminated && text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A name with a null character cannot be exported.", nameof(text));
        }

        return s_strict.GetBytes(text);
    }
}
