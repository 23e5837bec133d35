using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IndicatorCore.Portal.Serving;

/// <summary>Which of the media types of an endpoint the caller would rather have.</summary>
internal static class AnswerFormat
{
    /// <summary>JSON.</summary>
    public const string Json = "application/json";

    /// <summary>CSV.</summary>
    public const string Csv = "text/csv";

    /// <summary>An Arrow IPC stream.</summary>
    public const string Arrow = "application/vnd.apache.arrow.stream";

    private static readonly string[] s_all = [Json, Csv, Arrow];

    /// <summary>The best of them; the first where all are equal.</summary>
    /// <exception cref="ProblemException">The caller takes none (406).</exception>
    public static string Of(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0)
        {
            return Json;
        }

        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "The header Accept cannot be read.", "Accept");
        }

        var best = s_all.Select(type => (Type: type, Quality: QualityOf(type, accepted))).MaxBy(static choice => choice.Quality);
        return best.Quality > 0 ? best.Type : throw new ProblemException(StatusCodes.Status406NotAcceptable, $"The answer can be {string.Join(", ", s_all)}.", "Accept");
    }

    // the most specific range decides
    private static double QualityOf(string type, IList<MediaTypeHeaderValue> accepted)
    {
        var of = new MediaTypeHeaderValue(type);
        var range = accepted.Where(of.IsSubsetOf).MaxBy(static range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2);
        return range is null ? 0 : range.Quality ?? 1;
    }
}
