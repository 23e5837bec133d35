using Microsoft.AspNetCore.Http;

namespace IndicatorCore.Portal.Serving;

/// <summary>What an endpoint answers instead: <c>application/problem+json</c>.</summary>
/// <param name="status">The status.</param>
/// <param name="detail">What is wrong, for people.</param>
/// <param name="parameter">The parameter at fault, or null.</param>
internal sealed class ProblemException(int status, string detail, string? parameter = null) : Exception(detail)
{
    /// <summary>The status.</summary>
    public int Status => status;

    /// <summary>The parameter at fault, or null.</summary>
    public string? Parameter => parameter;

    /// <summary>A parameter that makes no sense.</summary>
    public static ProblemException Bad(string parameter, string detail) => new(StatusCodes.Status400BadRequest, detail, parameter);

    /// <summary>Something that is not there, or not for this caller.</summary>
    public static ProblemException NotFound(string detail) => new(StatusCodes.Status404NotFound, detail);
}
