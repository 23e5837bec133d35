using System.Globalization;
using System.Text;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.CData;

/// <summary>Reads the format strings of the Arrow C data interface.</summary>
/// <remarks>Source: Apache Arrow, "The Arrow C data interface", data type description: format strings.</remarks>
internal static class FormatParser
{
    /// <summary>The type that a format string stands for.</summary>
    /// <param name="format">The string without its terminator.</param>
    /// <param name="areKeysSorted">For maps: the flag beside the format.</param>
    public static ArrowType Parse(ReadOnlySpan<byte> format, bool areKeysSorted)
    {
        var text = CText.Strict(format);
        return text switch
        {
            "" => throw new MalformedArrowException("A field has an empty format"),
            "n" => ArrowType.Of(ArrowTypeId.Null),
            "b" => ArrowType.Of(ArrowTypeId.Bool),
            "c" => ArrowType.Int(8),
            "C" => ArrowType.Int(8, isSigned: false),
            "s" => ArrowType.Int(16),
            "S" => ArrowType.Int(16, isSigned: false),
            "i" => ArrowType.Int(32),
            "I" => ArrowType.Int(32, isSigned: false),
            "l" => ArrowType.Int(64),
            "L" => ArrowType.Int(64, isSigned: false),
            "e" => ArrowType.Float(16),
            "f" => ArrowType.Float(32),
            "g" => ArrowType.Float(64),
            "z" => ArrowType.Of(ArrowTypeId.Binary),
            "Z" => ArrowType.Of(ArrowTypeId.LargeBinary),
            "vz" => ArrowType.Of(ArrowTypeId.BinaryView),
            "u" => ArrowType.Of(ArrowTypeId.Utf8),
            "U" => ArrowType.Of(ArrowTypeId.LargeUtf8),
            "vu" => ArrowType.Of(ArrowTypeId.Utf8View),
            "tdD" => new ArrowType { Id = ArrowTypeId.Date, BitWidth = 32 },
            "tdm" => new ArrowType { Id = ArrowTypeId.Date, BitWidth = 64, Unit = TimeUnit.Millisecond },
            "tiM" => new ArrowType { Id = ArrowTypeId.Interval, Mode = 0 },
            "tiD" => new ArrowType { Id = ArrowTypeId.Interval, Mode = 1 },
            "tin" => new ArrowType { Id = ArrowTypeId.Interval, Mode = 2 },
            "+l" => ArrowType.Of(ArrowTypeId.List),
            "+L" => ArrowType.Of(ArrowTypeId.LargeList),
            "+vl" => ArrowType.Of(ArrowTypeId.ListView),
            "+vL" => ArrowType.Of(ArrowTypeId.LargeListView),
            "+s" => ArrowType.Of(ArrowTypeId.Struct),
            "+m" => new ArrowType { Id = ArrowTypeId.Map, Mode = areKeysSorted ? 1 : 0 },
            "+r" => ArrowType.Of(ArrowTypeId.RunEndEncoded),
            _ => Parameterised(text),
        };
    }

    private static ArrowType Parameterised(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var parameters = colon < 0 ? string.Empty : text[(colon + 1)..];
        return (colon < 0 ? text : text[..(colon + 1)]) switch
        {
            "d:" => Decimal(text, parameters),
            "w:" => new ArrowType { Id = ArrowTypeId.FixedSizeBinary, FixedSize = Size(text, parameters) },
            "+w:" => new ArrowType { Id = ArrowTypeId.FixedSizeList, FixedSize = Size(text, parameters) },
            "+ud:" => new ArrowType { Id = ArrowTypeId.Union, Mode = 1, UnionTypeIds = TypeIds(text, parameters) },
            "+us:" => new ArrowType { Id = ArrowTypeId.Union, Mode = 0, UnionTypeIds = TypeIds(text, parameters) },
            ['t', 's', var unit, ':'] when Unit(unit) is { } known => ArrowType.Timestamp(known, parameters.Length == 0 ? null : parameters),
            ['t', 't', var unit] when Unit(unit) is { } known =>
                new ArrowType { Id = ArrowTypeId.Time, BitWidth = known <= TimeUnit.Millisecond ? 32 : 64, Unit = known },
            ['t', 'D', var unit] when Unit(unit) is { } known => new ArrowType { Id = ArrowTypeId.Duration, BitWidth = 64, Unit = known },
            _ => throw new UnsupportedArrowException($"The format '{Shown(text)}' is not known"),
        };
    }

    private static TimeUnit? Unit(char letter) => letter switch
    {
        's' => TimeUnit.Second,
        'm' => TimeUnit.Millisecond,
        'u' => TimeUnit.Microsecond,
        'n' => TimeUnit.Nanosecond,
        _ => null,
    };

    private static ArrowType Decimal(string text, string parameters)
    {
        var parts = parameters.Split(',');
        if (parts.Length is not (2 or 3))
        {
            throw Broken(text);
        }

        var bits = parts.Length == 2 ? 128 : Number(text, parts[2]);
        return bits is 32 or 64 or 128 or 256
            ? new ArrowType { Id = ArrowTypeId.Decimal, Precision = Number(text, parts[0]), Scale = Number(text, parts[1]), BitWidth = bits }
            : throw new MalformedArrowException($"A decimal is {bits} bits wide");
    }

    private static int[] TypeIds(string text, string parameters)
    {
        if (parameters.Length == 0)
        {
            return [];
        }

        var parts = parameters.Split(',');
        if (parts.Length > 128)
        {
            throw new MalformedArrowException("A union has more than 128 type ids");
        }

        var ids = new int[parts.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = Number(text, parts[i]);
            if (ids[i] is < 0 or > 127 || ids.AsSpan(0, i).Contains(ids[i]))
            {
                throw new MalformedArrowException($"A union has the impossible or repeated type id {ids[i]}");
            }
        }

        return ids;
    }

    private static int Size(string text, string parameter) => Number(text, parameter) is >= 0 and var size ? size : throw Broken(text);

    private static int Number(string text, string part) =>
        int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Broken(text);

    private static MalformedArrowException Broken(string text) => new($"The format '{Shown(text)}' does not say what its type needs");

    // a format is a few characters; what is longer is not worth repeating
    private static string Shown(string text) => text.Length <= 40 ? text : new StringBuilder(text, 0, 40, 48).Append(" ...").ToString();
}
