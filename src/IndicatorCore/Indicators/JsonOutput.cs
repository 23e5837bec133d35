using System.Buffers;
using System.Globalization;
using System.Text;

namespace IndicatorCore.Indicators;

/// <summary>
/// Writes JSON as UTF-8 without blanks: strings unescaped except for <c>"</c>, <c>\</c> and control characters.
/// The BCL's relaxed encoder escapes characters beyond U+FFFF, rare Chinese ones included, so it cannot serve here.
/// </summary>
internal sealed class JsonOutput
{
    private readonly IBufferWriter<byte> _output;
    private bool _needsComma;
    private bool _startsLine;

    /// <summary>Writes to <paramref name="output"/>.</summary>
    public JsonOutput(IBufferWriter<byte> output) => _output = output;

    /// <summary>Opens an object.</summary>
    public void StartObject() => Open('{');

    /// <summary>Closes an object.</summary>
    public void EndObject() => Close('}');

    /// <summary>Opens an array.</summary>
    public void StartArray() => Open('[');

    /// <summary>Closes an array.</summary>
    public void EndArray() => Close(']');

    /// <summary>A line feed right here: after a document, or before a closing bracket.</summary>
    public void LineFeed() => Byte((byte)'\n');

    /// <summary>Puts the next value or name on a line of its own.</summary>
    public void StartLine() => _startsLine = true;

    /// <summary>Forgets the values before, so that the next starts a document of its own (ndjson).</summary>
    public void StartDocument() => _needsComma = false;

    /// <summary>A member's name.</summary>
    public void Name(ReadOnlySpan<char> name)
    {
        Comma();
        Quoted(name);
        Byte((byte)':');
        _needsComma = false;
    }

    /// <summary>A text, or null.</summary>
    public void Value(string? text)
    {
        Comma();
        if (text is null)
        {
            Raw("null"u8);
        }
        else
        {
            Quoted(text);
        }
    }

    /// <summary>An integer.</summary>
    public void Value(long value)
    {
        Comma();
        Format(value);
    }

    /// <summary>The shortest form that reads back as the same double; null and what is no number become <c>null</c>.</summary>
    public void Value(double? value)
    {
        Comma();
        if (value is { } number && double.IsFinite(number))
        {
            Format(number);
        }
        else
        {
            Raw("null"u8);
        }
    }

    /// <summary>An exact number without exponent, or null.</summary>
    public void Value(ExactNumber? value)
    {
        if (value is not { } number)
        {
            Null();
        }
        else if (number.Scale == 0 && number.Unscaled >= long.MinValue && number.Unscaled <= long.MaxValue)
        {
            Value((long)number.Unscaled);
        }
        else
        {
            RawNumber(number.ToString());
        }
    }

    /// <summary>True or false.</summary>
    public void Value(bool value)
    {
        Comma();
        Raw(value ? "true"u8 : "false"u8);
    }

    /// <summary>An instant as a text, or null.</summary>
    public void Instant(long? nanoseconds, TimeZoneInfo zone)
    {
        Comma();
        if (nanoseconds is not { } instant)
        {
            Raw("null"u8);
            return;
        }

        Span<char> text = stackalloc char[InstantText.MaximumLength];
        Quoted(text[..InstantText.Format(instant, zone, text)]);
    }

    /// <summary>A number that is already written as JSON wants it.</summary>
    public void RawNumber(ReadOnlySpan<char> digits)
    {
        Comma();
        Span<byte> bytes = _output.GetSpan(digits.Length);
        _output.Advance(Encoding.ASCII.GetBytes(digits, bytes));
    }

    /// <summary>Null.</summary>
    public void Null()
    {
        Comma();
        Raw("null"u8);
    }

    private void Format<T>(T value)
        where T : IUtf8SpanFormattable
    {
        var span = _output.GetSpan(40);
        if (!value.TryFormat(span, out var written, default, CultureInfo.InvariantCulture))
        {
            throw new InvalidOperationException("A number needs more than 40 bytes.");
        }

        _output.Advance(written);
    }

    private void Open(char bracket)
    {
        Comma();
        Byte((byte)bracket);
        _needsComma = false;
    }

    private void Close(char bracket)
    {
        Byte((byte)bracket);
        _needsComma = true;
    }

    private void Comma()
    {
        if (_needsComma)
        {
            Byte((byte)',');
        }

        if (_startsLine)
        {
            Byte((byte)'\n');
            _startsLine = false;
        }

        _needsComma = true;
    }

    private void Quoted(ReadOnlySpan<char> text)
    {
        Byte((byte)'"');
        while (!text.IsEmpty)
        {
            var plain = PlainLength(text);
            if (plain > 0)
            {
                var span = _output.GetSpan(Encoding.UTF8.GetMaxByteCount(plain));
                _output.Advance(Encoding.UTF8.GetBytes(text[..plain], span));   // a lone surrogate becomes U+FFFD
                text = text[plain..];
            }

            if (!text.IsEmpty && NeedsEscape(text[0]))
            {
                Escape(text[0]);
                text = text[1..];
            }
        }

        Byte((byte)'"');
    }

    private static int PlainLength(ReadOnlySpan<char> text)
    {
        const int Piece = 4096;   // bounds what is asked of the buffer writer at once
        var length = Math.Min(text.Length, Piece);
        for (var i = 0; i < length; i++)
        {
            if (NeedsEscape(text[i]))
            {
                return i;
            }
        }

        return length < text.Length && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
    }

    private static bool NeedsEscape(char character) => character is < ' ' or '"' or '\\';

    private void Escape(char character)
    {
        switch (character)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\n': Raw("\\n"u8); break;
            case '\r': Raw("\\r"u8); break;
            case '\t': Raw("\\t"u8); break;
            case < ' ':
                Raw("\\u00"u8);
                Byte((byte)(character < 16 ? '0' : '1'));
                Byte((byte)"0123456789abcdef"[character & 15]);
                break;
            default:
                break;
        }
    }

    private void Byte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    private void Raw(ReadOnlySpan<byte> bytes) => _output.Write(bytes);
}
