namespace IndicatorCore.Portal.Serving;

/// <summary>A parameter in an endpoint's query, for the endpoint and for the OpenAPI document.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it means.</param>
/// <param name="IsInteger">Whether it is an integer.</param>
/// <param name="IsRepeated">Whether it may come several times.</param>
/// <param name="Values">The values that it may have, where they are few.</param>
internal sealed record EndpointParameter(string Name, string Description, bool IsInteger = false, bool IsRepeated = false, IReadOnlyList<string>? Values = null);
