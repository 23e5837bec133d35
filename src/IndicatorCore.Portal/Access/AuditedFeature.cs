using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace IndicatorCore.Portal.Access;

/// <summary>Remembers that a request was for an audited endpoint: handlers of exceptions forget the endpoint.</summary>
internal sealed class AuditedFeature : IEndpointFeature
{
    public bool IsAudited { get; private set; }

    public Endpoint? Endpoint
    {
        get;
        set
        {
            field = value;
            IsAudited |= value?.Metadata.GetMetadata<AuditedEndpoint>() is not null;
        }
    }
}
