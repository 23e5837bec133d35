using System.Net;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Serving;

/// <summary>What <c>serve</c> is asked.</summary>
internal sealed record PortalRun
{
    /// <summary>Exports to publish at the start.</summary>
    public required IReadOnlyList<string> Exports { get; init; }

    /// <summary>The question.</summary>
    public required IndicatorQuery Query { get; init; }

    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The windows beside the default one.</summary>
    public required IReadOnlyList<Window> Windows { get; init; }

    /// <summary>Where publications are kept, as typed; null for a temporary folder.</summary>
    public string? Store { get; init; }

    /// <summary>Where to listen.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>Whether to say nothing but the address.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Whether to say what goes wrong in full.</summary>
    public bool IsVerbose { get; init; }
}
