using System.Text.Json;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Declared;

namespace IndicatorCore.Html;

/// <summary>What statuses, reasons, flags and verdicts mean, in words for readers who know no code lists: those of <c>phrases.json</c>, which the dashboard reads too.</summary>
internal static class Phrases
{
    private static readonly Dictionary<(string List, string Code), Bilingual> s_phrases = Read();

    /// <summary>A status.</summary>
    public static Bilingual Of(ResultStatus status) => Find("status", ResultNames.Of(status));

    /// <summary>Why a figure is not shown.</summary>
    public static Bilingual Of(ResultReason reason) => Find("reason", ResultNames.Of(reason));

    /// <summary>A single flag.</summary>
    public static Bilingual OfFlag(ResultFlags flag) => Find("flag", ResultNames.Of(flag) is [var name] ? name : string.Empty);

    /// <summary>A verdict on a declared figure.</summary>
    public static Bilingual Of(DeclaredVerdict verdict) => Find("verdict", verdict.ToString().ToUpperInvariant());

    /// <summary>A key of grouping.</summary>
    public static Bilingual OfKey(string key) => Find("key", key);

    private static Bilingual Find(string list, string code) => s_phrases.TryGetValue((list, code), out var phrase) ? phrase : Bilingual.Same(code);

    // {"list": {"code": ["Chinese", "English"]}}
    private static Dictionary<(string List, string Code), Bilingual> Read()
    {
        using var stream = typeof(Phrases).Assembly.GetManifestResourceStream("phrases.json") ?? throw new InvalidOperationException("The library lacks its asset 'phrases.json'.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject()
            .SelectMany(static list => list.Value.EnumerateObject(), static (list, phrase) => (list, phrase))
            .ToDictionary(static pair => (pair.list.Name, pair.phrase.Name), static pair => new Bilingual(pair.phrase.Value[0].GetString()!, pair.phrase.Value[1].GetString()!));
    }
}
