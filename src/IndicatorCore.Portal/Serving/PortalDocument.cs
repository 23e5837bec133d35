using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace IndicatorCore.Portal.Serving;

/// <summary>The OpenAPI document: parameters and problems of every endpoint.</summary>
internal static class PortalDocument
{
    /// <summary>Describes the endpoints.</summary>
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "IndicatorCore portal", Version = PortalMetrics.Version, Description = "Published indicators of 5G factories, with their evidence." };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An access key: ic_..." };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<EndpointParameters>().FirstOrDefault() is not { } parameters)
            {
                return Task.CompletedTask;
            }

            operation.Parameters ??= [];
            foreach (var parameter in parameters.Items)
            {
                var schema = new OpenApiSchema { Type = parameter.IsInteger ? JsonSchemaType.Integer : JsonSchemaType.String };
                if (parameter.Values is { } values)
                {
                    schema.Enum = [.. values.Select(static value => (JsonNode)JsonValue.Create(value)!)];
                }

                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = parameter.Name,
                    In = ParameterLocation.Query,
                    Description = parameter.Description,
                    Schema = parameter.IsRepeated ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema,
                });
            }

            operation.Responses ??= [];
            foreach (var status in new[] { 400, 401, 403, 404, 429 })
            {
                operation.Responses.TryAdd(status.ToString(CultureInfo.InvariantCulture), new OpenApiResponse
                {
                    Description = "A problem",
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/problem+json"] = new() },
                });
            }

            return Task.CompletedTask;
        });
    }
}
