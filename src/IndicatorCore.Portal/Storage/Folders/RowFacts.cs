using System.Globalization;
using System.Text.Json;
using IndicatorCore.Indicators;

namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>What queries need of a row.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Group">The group.</param>
/// <param name="WindowStart">The window's start, UTC nanoseconds, or null.</param>
/// <param name="WindowEnd">Its end.</param>
/// <param name="Value">The value, or null.</param>
/// <param name="Status">The status.</param>
internal readonly record struct RowFacts(
    string Indicator, IReadOnlyList<KeyValuePair<string, string?>> Group, long? WindowStart, long? WindowEnd, double? Value, ResultStatus Status)
{
    private static readonly ResultStatus[] s_statuses = Enum.GetValues<ResultStatus>();

    /// <summary>Of a row at hand.</summary>
    public static RowFacts Of(IndicatorRow row) => new(row.Indicator, row.Group, row.WindowStart, row.WindowEnd, row.Value, row.Status);

    /// <summary>Of a row's bytes.</summary>
    /// <exception cref="InvalidDataException">They are no row of interface 4.</exception>
    public static RowFacts Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return Read(json);
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("A row of the store is damaged.", problem);
        }
    }

    private static RowFacts Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var indicator = string.Empty;
        var group = new List<KeyValuePair<string, string?>>();
        long? start = null;
        long? end = null;
        double? value = null;
        ResultStatus? status = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "indicator":
                    indicator = reader.GetString()!;
                    break;
                case "group":
                    while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                    {
                        var key = reader.GetString()!;
                        reader.Read();
                        group.Add(KeyValuePair.Create(key, reader.GetString()));
                    }

                    break;
                case "window_start":
                    start = Instant(ref reader);
                    break;
                case "window_end":
                    end = Instant(ref reader);
                    break;
                case "value":
                    value = reader.TokenType == JsonTokenType.Null ? null : reader.GetDouble();
                    break;
                case "status":
                    status = StatusOf(reader.GetString());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new RowFacts(indicator, group, start, end, value, status ?? throw new FormatException("A row has no status."));
    }

    /// <summary>The status of a name, or null.</summary>
    public static ResultStatus? StatusOf(string? name)
    {
        foreach (var status in s_statuses)
        {
            if (ResultNames.Of(status) == name)
            {
                return status;
            }
        }

        return null;
    }

    private static long? Instant(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : Instant(reader.GetString()!);

    /// <summary>An instant as results write it, UTC nanoseconds.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static long Instant(string text)
    {
        const int Seconds = 19;
        const long NanosecondsPerTick = 100;
        if (text.Length < Seconds + 6)
        {
            throw new FormatException("An instant is too short.");
        }

        var moment = DateTimeOffset.ParseExact(string.Concat(text.AsSpan(0, Seconds), text.AsSpan(text.Length - 6)), "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        var fraction = text.AsSpan(Seconds, text.Length - Seconds - 6);
        var nanoseconds = fraction.IsEmpty ? 0 : long.Parse(fraction[1..].ToString().PadRight(9, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
        return ((moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * NanosecondsPerTick) + nanoseconds;
    }
}
