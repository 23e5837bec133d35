using System.Numerics;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>When an indicator must not be published, as its definition says.</summary>
/// <param name="MinRows">The least rows that count; 0 = any.</param>
/// <param name="MinDevices">The least devices with such a row; 0 = any.</param>
/// <param name="MinDays">The least local days with such a row; 0 = any.</param>
/// <param name="MissingWarn">The share of missing values above which a figure is flagged; null = never.</param>
/// <param name="MissingSuppress">The share above which it is suppressed; null = never.</param>
internal sealed record UserRules(long MinRows, long MinDevices, long MinDays, UserShare? MissingWarn, UserShare? MissingSuppress)
{
    /// <summary>No rule.</summary>
    public static UserRules None { get; } = new(0, 0, 0, null, null);

    /// <summary>Whether there is any.</summary>
    public bool Any => this != None;

    /// <summary>The rules in one spelling.</summary>
    public string Key => $"{MinRows},{MinDevices},{MinDays},{MissingWarn?.Text},{MissingSuppress?.Text}";

    /// <summary>The rules in words.</summary>
    public string Text
    {
        get
        {
            List<string> words = [];
            if (MinRows > 0)
            {
                words.Add($"at least {MinRows} rows");
            }

            if (MinDevices > 0)
            {
                words.Add($"at least {MinDevices} devices");
            }

            if (MinDays > 0)
            {
                words.Add($"at least {MinDays} days");
            }

            if (MissingWarn is { } warn)
            {
                words.Add($"missing share above {warn.Text} warns");
            }

            if (MissingSuppress is { } suppress)
            {
                words.Add($"missing share above {suppress.Text} suppresses");
            }

            return words.Count == 0 ? "always" : string.Join("; ", words);
        }
    }

    /// <summary>Whether a share of missing values is above a bound, judged exactly.</summary>
    public static bool IsAbove(UserShare? bound, long missing, long total) =>
        bound is { } share && total > 0 && (BigInteger)missing * share.Denominator > (BigInteger)total * share.Numerator;
}
