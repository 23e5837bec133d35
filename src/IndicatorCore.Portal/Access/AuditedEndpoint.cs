namespace IndicatorCore.Portal.Access;

/// <summary>Metadata of the endpoints whose requests go into the audit log.</summary>
internal sealed class AuditedEndpoint
{
    private AuditedEndpoint()
    {
    }

    public static AuditedEndpoint Instance { get; } = new();
}
