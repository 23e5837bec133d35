using System.Text;

namespace IndicatorCore.Sources;

/// <summary>Encodings by name, strict: bytes that are none throw instead of turning into replacement characters.</summary>
internal static class TextEncodings
{
    /// <summary>UTF-8 that refuses other bytes.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>GB18030 that refuses other bytes; GBK and GB2312 are subsets of it.</summary>
    public static Encoding Gb18030 { get; } = TryGet("GB18030")!;

    /// <summary>The encoding of that name or code page, or null.</summary>
    public static Encoding? TryGet(string name)
    {
        if (name.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || name.Equals("utf8", StringComparison.OrdinalIgnoreCase))
        {
            return Utf8;
        }

        if (name.Equals("gbk", StringComparison.OrdinalIgnoreCase) || name.Equals("gb2312", StringComparison.OrdinalIgnoreCase))
        {
            return Gb18030;
        }

        var found = CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        try
        {
            return found ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
