using System.Globalization;
using IndicatorCore.Errors;
using IndicatorCore.Registry;

namespace IndicatorCore.Adapters.Registry;

/// <summary>One row of a registry table, its values read by canonical column name.</summary>
internal sealed class RegistryRow(string[] headings, IReadOnlyDictionary<string, int> columns, string[] fields, DataLocation location, bool isSheet = false)
{
    private const int MaxDigits = 28;   // what a decimal holds without rounding

    private static readonly string[] s_dates = ["yyyy-M-d", "yyyy/M/d", "yyyyMMdd", "yyyy年M月d日"];

    private static readonly string[] s_instants =
    [
        "yyyy-M-d'T'H:mmK", "yyyy-M-d'T'H:mm:ssK", "yyyy-M-d'T'H:mm:ss.FFFFFFFK", "yyyy-M-d H:mmK", "yyyy-M-d H:mm:ssK",
        "yyyy-M-d H:mm K", "yyyy-M-d H:mm:ss K", "yyyy/M/d H:mm:ssK", "yyyy/M/d H:mm:ss K",
    ];

    private static readonly string[] s_locals =
    [
        "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss", "yyyy-M-d'T'H:mm", "yyyy-M-d'T'H:mm:ss", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss",
    ];

    private static readonly string[] s_times = [@"h\:mm", @"hh\:mm", @"h\:mm\:ss", @"hh\:mm\:ss"];

    private static readonly string[] s_months = ["yyyy-M", "yyyy/M", "yyyyMM", "yyyy年M月"];

    /// <summary>The trimmed text, or null when the column is absent or the field empty.</summary>
    public string? Text(string column)
    {
        if (!columns.TryGetValue(column, out var ordinal) || ordinal >= fields.Length)
        {
            return null;
        }

        var text = fields[ordinal].Trim();
        return text.Length == 0 ? null : text;
    }

    /// <summary>The trimmed text, which must be there.</summary>
    public string Required(string column) => Text(column) ?? throw Fault(column, "is empty", "Every row needs it.");

    /// <summary>True for 1, true, yes and 是; false for 0, false, no, 否 and nothing.</summary>
    public bool Flag(string column) => Text(column)?.ToUpperInvariant() switch
    {
        null or "0" or "FALSE" or "NO" or "否" => false,
        "1" or "TRUE" or "YES" or "是" => true,
        _ => throw Fault(column, "is neither true nor false", "Use 1 or 0, true or false, 是 or 否."),
    };

    /// <summary>A whole number, or null.</summary>
    public long? Integer(string column, long least, long most)
    {
        if (Text(column) is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Fault(column, "is not a whole number in range", "Digits only, without separators.");
    }

    /// <summary>A whole number, which must be there.</summary>
    public long RequiredInteger(string column) => Integer(column, long.MinValue, long.MaxValue) ?? throw Fault(column, "is empty", "Every row needs it.");

    /// <summary>The values of a list separated by <c>;</c> or <c>；</c>.</summary>
    public IReadOnlyList<string> List(string column) =>
        Text(column)?.Split([';', '；'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>valid_from and valid_to.</summary>
    public DayBounds Valid()
    {
        var (from, to) = (Date("valid_from"), Date("valid_to"));
        return from is { } start && to is { } end && end <= start
            ? throw Fault("valid_to", "is not after valid_from", "It is the day after the last one.")
            : new DayBounds(from, to);
    }

    /// <summary>A date, or an instant with its offset from UTC.</summary>
    public (DateOnly? Date, DateTimeOffset? Instant) GoLive(string column)
    {
        if (Text(column) is not { } text)
        {
            return default;
        }

        return TryDate(text) is { } date ? (date, null)
            : TryInstant(text) is { } instant ? (null, instant)
            : throw Fault(column, "is neither a date nor an instant with offset", "Such as 2024-03-01 or 2024-03-01T08:00:00+08:00.");
    }

    /// <summary>A date (its midnight), a wall-clock time, or an instant with its offset from UTC; it must be there.</summary>
    public CalendarBound Bound(string column)
    {
        var text = Required(column);
        return TryDate(text) is { } date ? new CalendarBound(date.ToDateTime(TimeOnly.MinValue))
            : TryInstant(text) is { } instant ? new CalendarBound(instant)
            : DateTime.TryParseExact(text, s_locals, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? new CalendarBound(local)
            : throw Fault(column, "is neither a time nor a date", "Such as 2024-03-01 08:00 (local), 2024-03-01 or 2024-03-01T08:00:00+08:00.");
    }

    /// <summary>A time of day from 00:00 to 24:00, which must be there.</summary>
    public TimeSpan TimeOfDay(string column)
    {
        var text = Required(column);
        return text is "24:00" or "24:00:00" ? TimeSpan.FromDays(1)
            : TimeSpan.TryParseExact(text.Replace('：', ':'), s_times, CultureInfo.InvariantCulture, TimeSpanStyles.None, out var time) ? time
            : throw Fault(column, "is not a time of day", "Such as 08:00, 22:30 or 24:00.");
    }

    /// <summary>A month as its first day; it must be there.</summary>
    public DateOnly Month(string column) =>
        DateOnly.TryParseExact(Required(column), s_months, CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month
            : throw Fault(column, "is not a month", "Such as 2024-03, 2024/3, 202403 or 2024年3月.");

    /// <summary>A decimal above zero, exactly as written; it must be there.</summary>
    public decimal PositiveDecimal(string column)
    {
        var text = Required(column);
        return text.Count(char.IsAsciiDigit) <= MaxDigits && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw Fault(column, "is not a number above 0", "Digits with a decimal point, such as 103.5; no sign, separator or exponent.");
    }

    /// <summary>Every other column that is not empty, by its heading.</summary>
    public IReadOnlyDictionary<string, string> Additional()
    {
        var used = columns.Values.ToHashSet();
        var others = new Dictionary<string, string>();
        for (var i = 0; i < headings.Length && i < fields.Length; i++)
        {
            var text = fields[i].Trim();
            if (headings[i].Length > 0 && text.Length > 0 && !used.Contains(i) && !others.TryAdd(headings[i], text))
            {
                throw Fault(headings[i], "stands in two columns of that name", "Keep one.");
            }
        }

        return others;
    }

    /// <summary>The same, where counts, marks and points under printed headings say something possible.</summary>
    public IReadOnlyDictionary<string, string> Printed()
    {
        var others = Additional();
        foreach (var (heading, text) in others)
        {
            try
            {
                PrintedText.Check(heading, text);
            }
            catch (ConfigurationException fault)
            {
                throw fault.At(location with { Column = heading });
            }
        }

        return others;
    }

    /// <summary>A name out of a closed list, as its code; it must be there.</summary>
    /// <param name="column">The column.</param>
    /// <param name="codeOf">The code of a spelling, or null.</param>
    /// <param name="codes">The codes, for advice.</param>
    public string OneOf(string column, Func<string, string?> codeOf, IEnumerable<string> codes) =>
        codeOf(Required(column)) ?? throw Fault(column, "is not known", $"Use one of {string.Join(", ", codes)}.");

    private DateOnly? Date(string column) => Text(column) is not { } text
        ? null
        : TryDate(text) ?? throw Fault(column, "is not a date", "Such as 2024-03-01, 2024/3/1, 20240301 or 2024年3月1日.");

    // a wall-clock time would need a zone that the registry does not have
    private static DateTimeOffset? TryInstant(string text)
    {
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text.AsSpan(text.Length - 6).ContainsAny('+', '-') && text[^3] == ':');
        return hasOffset && DateTimeOffset.TryParseExact(text, s_instants, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant
            : null;
    }

    private static DateOnly? TryDate(string text) =>
        DateOnly.TryParseExact(text, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Where the row stands, for the fault of another: <c>line 12</c>, or of Arrow <c>row 11</c>.</summary>
    public string Place => location.Batch is null ? $"line {location.Row}" : $"row {location.Row} of batch {location.Batch}";

    /// <summary>Where a column of this row stands; of none the row.</summary>
    public DataLocation PlaceOf(string? column) => location with { Column = column is null ? null : HeadingOf(column) };

    /// <summary>The cell of a sheet under a column or heading, such as <c>D12</c>; null elsewhere.</summary>
    public string? CellOf(string column) =>
        isSheet && OrdinalOf(column) is >= 0 and var ordinal ? $"{Letters(ordinal)}{location.Row}" : null;

    /// <summary>Takes the value under a heading for empty; false where it is, or there is no such heading.</summary>
    public bool Blank(string heading)
    {
        var ordinal = OrdinalOf(heading);
        if (ordinal < 0 || ordinal >= fields.Length || string.IsNullOrWhiteSpace(fields[ordinal]))
        {
            return false;
        }

        fields[ordinal] = string.Empty;
        return true;
    }

    /// <summary>An error about a value of this row.</summary>
    public ConfigurationException Fault(string column, string problem, string advice)
    {
        var heading = HeadingOf(column);
        var text = Text(column) is { } value ? $"\"{value}\"" : heading;
        return new ConfigurationException($"{text} {problem}", location with { Column = heading }, advice);
    }

    private string HeadingOf(string column) => columns.TryGetValue(column, out var ordinal) ? headings[ordinal] : column;

    private int OrdinalOf(string column) => columns.TryGetValue(column, out var ordinal) ? ordinal : Array.IndexOf(headings, column);

    private static string Letters(int ordinal) => ordinal < 26 ? $"{(char)('A' + ordinal)}" : $"{Letters((ordinal / 26) - 1)}{(char)('A' + (ordinal % 26))}";
}
