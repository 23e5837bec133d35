using System.Globalization;
using IndicatorCore.Errors;

namespace IndicatorCore.Registry;

/// <summary>Headings and values as forms print them.</summary>
internal static class PrintedText
{
    /// <summary>The heading of all base stations of a zone.</summary>
    public const string Stations = "5G基站数量";

    /// <summary>What is put behind an item's name for the heading of its points.</summary>
    public const string Points = "得分";

    /// <summary>The five marks of network security (programme-forms 3.2).</summary>
    public static IReadOnlyList<string> SecurityMarks { get; } =
        ["网络安全分级分类管理", "网络安全责任部门", "网络安全监测管理制度", "网络安全设施设备", "网络安全应急预案"];

    /// <summary>A name without blanks, hyphens and what stands in brackets behind it, in lower case.</summary>
    public static string Normal(string name)
    {
        var end = name.AsSpan().IndexOfAny('（', '(');
        return string.Concat((end > 0 ? name[..end] : name).Where(static letter => !char.IsWhiteSpace(letter) && letter is not ('-' or '_'))).ToLowerInvariant();
    }

    /// <summary>The kind of asset whose count a heading holds, or null: those of factories by any spelling, those of zones as the table prints them.</summary>
    public static string? KindOfCount(string heading) => AssetKinds.Of(heading) switch
    {
        null or AssetKinds.Other => null,
        AssetKinds.Macro or AssetKinds.Micro or AssetKinds.Prru or AssetKinds.Edge => AssetKinds.Of(heading),
        var kind => ZoneTable.Find(heading) is null ? null : kind,
    };

    /// <summary>A printed count, or null where nothing is printed.</summary>
    /// <exception cref="ConfigurationException">It is no whole number from 0.</exception>
    public static long? Count(string heading, string text) => text.Length == 0 ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
        : throw new ConfigurationException($"\"{text}\" under {heading} is not a whole number", advice: "Digits only, without separators.");

    /// <summary>A mark, or null where nothing is printed.</summary>
    /// <exception cref="ConfigurationException">It is neither true nor false.</exception>
    public static bool? Mark(string heading, string text) => text.ToUpperInvariant() switch
    {
        "" => null,
        "0" or "FALSE" or "NO" or "否" or "无" => false,
        "1" or "TRUE" or "YES" or "是" or "有" or "√" => true,
        _ => throw new ConfigurationException($"\"{text}\" under {heading} is neither true nor false", advice: "Use 1 or 0, true or false, 是 or 否."),
    };

    /// <summary>Points in hundredths, or null where nothing is printed.</summary>
    /// <exception cref="ConfigurationException">They are no number from 0 to the item's cap with at most two decimals.</exception>
    public static long? Hundredths(string heading, string text, int cap)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var points) || decimal.Truncate(points * 100) != points * 100)
        {
            throw new ConfigurationException($"\"{text}\" under {heading} is not a number of points", advice: "Digits with at most two decimals.");
        }

        return points <= cap
            ? (long)(points * 100)
            : throw new ConfigurationException($"{text} points under {heading} are above the cap of {cap}", advice: "An item has at most its cap.");
    }

    /// <summary>Refuses printed counts, marks and points that say something impossible; other headings are free text.</summary>
    /// <exception cref="ConfigurationException">One does; the message names the heading.</exception>
    public static void Check(string heading, string text)
    {
        if (KindOfCount(heading) is not null || Normal(heading) == Normal(Stations))
        {
            Count(heading, text);
        }
        else if (SecurityMarks.Contains(heading.Trim(), StringComparer.Ordinal))
        {
            Mark(heading, text);
        }
        else if (ZoneTable.ItemOfPoints(heading) is { } item)
        {
            Hundredths(heading, text, item.Cap);
        }
    }
}
