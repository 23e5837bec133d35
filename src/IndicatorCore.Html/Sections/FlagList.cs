using IndicatorCore.Indicators;

namespace IndicatorCore.Html.Sections;

/// <summary>The warnings of a figure in words.</summary>
internal static class FlagList
{
    private static readonly ResultFlags[] s_all = [.. Enum.GetValues<ResultFlags>().Where(static flag => flag != ResultFlags.None)];

    /// <summary>Writes them one behind the other.</summary>
    public static void Write(HtmlText html, ResultFlags flags)
    {
        foreach (var flag in s_all)
        {
            if (flags.HasFlag(flag))
            {
                html.Raw("<span class=flag>").Text(Phrases.OfFlag(flag)).Raw("</span> ");
            }
        }
    }
}
