using IndicatorCore.Html;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Declared;

namespace IndicatorCore.Tests.Html;

/// <summary>Codes in words.</summary>
public sealed class PhrasesTests
{
    [Fact]
    public void Every_code_has_a_phrase_in_both_languages()
    {
        List<(string Code, Bilingual Phrase)> all =
        [
            .. Enum.GetValues<ResultStatus>().Select(static status => (ResultNames.Of(status), Phrases.Of(status))),
            .. Enum.GetValues<ResultReason>().Where(static reason => reason != default).Select(static reason => (ResultNames.Of(reason), Phrases.Of(reason))),
            .. Enum.GetValues<ResultFlags>().Where(static flag => flag != ResultFlags.None).Select(static flag => (ResultNames.Of(flag)[0], Phrases.OfFlag(flag))),
            .. Enum.GetValues<DeclaredVerdict>().Select(static verdict => (verdict.ToString(), Phrases.Of(verdict))),
            .. new[] { "province", "city", "factory", "line" }.Select(static key => (key, Phrases.OfKey(key))),
        ];
        Assert.All(all, static pair => Assert.NotEqual(pair.Phrase.Chinese, pair.Phrase.English));   // a code without a phrase stands for itself, in both
    }
}
