using System.Text;
using System.Text.Unicode;
using CsvHelper;
using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.Csv;

/// <summary>Makes the values of one output column from the fields of one input.</summary>
internal sealed class CellDecoder
{
    private static readonly ExactDecimal s_true = new(1, 0);

    // the default sentinels of the definitions (1.4) are told in the export's own unit
    private static readonly ExactDecimal[] s_radioSentinels =
    [
        new(2032, 0), new(-200, 0), new(99, 0), new(255, 0), new(65535, 0), new(32767, 0), new(-32768, 0), new(4294967295, 0),
    ];

    private static readonly ExactDecimal[] s_latencySentinels = [new(-1, 0), new(4294967295, 0)];

    private readonly string _heading;
    private readonly int[] _fields;
    private readonly CanonicalKind? _kind;
    private readonly ColumnMapping _mapping;
    private readonly InstantParser? _instants;
    private readonly HashSet<string>? _missing;
    private readonly ExactFraction? _unit;
    private readonly ExactDecimal[] _sentinels;
    private readonly Cell? _constant;

    /// <summary>A column kept as it is.</summary>
    public CellDecoder(string heading, int field)
    {
        _heading = heading;
        _fields = [field];
        _mapping = new ColumnMapping();
        _sentinels = [];
    }

    /// <summary>A canonical column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="mapping">How it is made.</param>
    /// <param name="heading">How errors call its source.</param>
    /// <param name="fields">The ordinals of its source: none for a constant, two for a product.</param>
    /// <param name="settings">The settings of the input.</param>
    /// <param name="isRowTime">Whether it stamps the row.</param>
    public CellDecoder(string name, CanonicalKind kind, ColumnMapping mapping, string heading, int[] fields, SourceSettings settings, bool isRowTime)
    {
        _heading = heading;
        _fields = fields;
        _kind = kind;
        _mapping = mapping;
        _instants = kind == CanonicalKind.Instant ? new InstantParser(name, mapping.Format, settings, isRowTime) : null;
        _missing = mapping.Missing is null ? null : [.. mapping.Missing.Select(static mark => mark.Trim())];
        _unit = EffectiveSource.KeepsUnit(mapping) ? null : mapping.Unit;
        _sentinels = name switch { "rsrp_dbm" or "sinr_db" => s_radioSentinels, "latency_ms" => s_latencySentinels, _ => [] };
        if (mapping.Constant is { } constant)
        {
            var reason = Convert(Encoding.UTF8.GetBytes(constant), out var cell);
            _constant = reason is null
                ? cell
                : throw new ConfigurationException($"The constant \"{constant}\" of {name} is no value of that column ({reason})");
        }
    }

    /// <summary>The value in the reader's current row.</summary>
    /// <returns>Null, or the quarantine reason; the cell is null then.</returns>
    public string? Decode(CsvReader row, in DataLocation location, out Cell cell)
    {
        if (_constant is { } constant)
        {
            cell = constant;
            return null;
        }

        if (_fields.Length == 2)
        {
            return DecodeProduct(row, out cell);
        }

        if (_fields[0] >= row.FieldCount)
        {
            cell = Cell.Null;
            return null;
        }

        var text = row.GetSpan(_fields[0]);
        if (_kind is null or CanonicalKind.Key)
        {
            if (!Utf8.IsValid(text))
            {
                throw new ConfigurationException(
                    "The text is not UTF-8",
                    location with { Column = _heading, Row = row.LineNumber },
                    "Declare the \"encoding\" in the source profile, such as \"GB18030\".");
            }

            return DecodeText(row, text, out cell);
        }

        return Convert(text, out cell);
    }

    private string? DecodeText(CsvReader row, ReadOnlySpan<byte> text, out Cell cell)
    {
        if (_kind is null)
        {
            cell = new Cell { Text = row.GetString(_fields[0]) };
            return null;
        }

        return Key(text, row.GetString(_fields[0]), out cell);
    }

    private string? Key(ReadOnlySpan<byte> bytes, string text, out Cell cell)
    {
        cell = Cell.Null;
        var trimmed = text.Trim();
        if (trimmed.Length == 0 || _missing?.Contains(trimmed) == true)
        {
            return null;
        }

        if (LooksCut(Trim(bytes)))
        {
            return QuarantineReason.PrecisionLost;
        }

        cell = new Cell { Text = _mapping.Values?.GetValueOrDefault(trimmed) ?? (_mapping.Trim ? trimmed : text) };
        return null;
    }

    private string? Convert(ReadOnlySpan<byte> field, out Cell cell)
    {
        cell = Cell.Null;
        if (_kind == CanonicalKind.Key)
        {
            return Key(field, Encoding.UTF8.GetString(field), out cell);
        }

        var text = Trim(field);
        if (IsMissing(text))
        {
            return null;
        }

        if (_mapping.Values is { } values && values.TryGetValue(Encoding.UTF8.GetString(text), out var meaning))
        {
            text = Encoding.UTF8.GetBytes(meaning);
        }

        ExactDecimal number;
        var reason = _kind switch
        {
            CanonicalKind.Instant => _instants!.Parse(text, out number),
            CanonicalKind.Flag => Flag(text, out number),
            CanonicalKind.Integer => Integer(text, out number),
            _ => Measure(text, out number),
        };
        cell = reason is null ? new Cell { Number = number } : Cell.Null;
        return reason;
    }

    private string? DecodeProduct(CsvReader row, out Cell cell)
    {
        cell = Cell.Null;
        var product = s_true;
        foreach (var field in _fields)
        {
            var text = field < row.FieldCount ? Trim(row.GetSpan(field)) : [];
            if (IsMissing(text))
            {
                return null;
            }

            var reason = ExactDecimal.Parse(text, out var factor) ?? ExactDecimal.Multiply(product, factor, out product);
            if (reason is not null)
            {
                return reason;
            }
        }

        if (_unit is { } unit && ExactDecimal.Multiply(product, unit, out product) is { } beyond)
        {
            return beyond;
        }

        cell = new Cell { Number = product };
        return null;
    }

    private bool IsMissing(ReadOnlySpan<byte> text) => text.Length == 0
        || (_missing is not null && _missing.Contains(Encoding.UTF8.GetString(text)))
        || (_kind == CanonicalKind.Measure && Ascii.EqualsIgnoreCase(text, "nan"u8));

    private string? Measure(ReadOnlySpan<byte> text, out ExactDecimal number)
    {
        var reason = ExactDecimal.Parse(text, out number);
        return reason is not null || _unit is not { } unit || Array.IndexOf(_sentinels, number) >= 0
            ? reason
            : ExactDecimal.Multiply(number, unit, out number);
    }

    private static string? Integer(ReadOnlySpan<byte> text, out ExactDecimal number)
    {
        var reason = ExactDecimal.Parse(text, out number);
        if (text.ContainsAny((byte)'e', (byte)'E'))
        {
            return reason == QuarantineReason.Unparseable ? reason : QuarantineReason.PrecisionLost;
        }

        return reason
            ?? (number.Scale > 0 ? QuarantineReason.Unparseable : null)
            ?? (number.Mantissa > long.MaxValue || number.Mantissa < long.MinValue ? QuarantineReason.OutOfScale : null);
    }

    private static string? Flag(ReadOnlySpan<byte> text, out ExactDecimal number)
    {
        number = default;
        if (text.SequenceEqual("1"u8) || text.SequenceEqual("是"u8) || Ascii.EqualsIgnoreCase(text, "true"u8) || Ascii.EqualsIgnoreCase(text, "yes"u8))
        {
            number = s_true;
            return null;
        }

        var isFalse = text.SequenceEqual("0"u8) || text.SequenceEqual("否"u8)
            || Ascii.EqualsIgnoreCase(text, "false"u8) || Ascii.EqualsIgnoreCase(text, "no"u8);
        return isFalse ? null : QuarantineReason.UnknownValue;
    }

    // a spreadsheet's 1.23457E+14: no name has this shape, an identifier of digits that went through one has
    private static bool LooksCut(ReadOnlySpan<byte> text)
    {
        var plus = text.IndexOf("E+"u8);
        return plus > 2
            && text[1] == '.'
            && char.IsAsciiDigit((char)text[0])
            && text[2..plus].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
            && text.Length - plus is 4 or 5
            && text[(plus + 2)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text) => text.Trim(" \t"u8);
}
