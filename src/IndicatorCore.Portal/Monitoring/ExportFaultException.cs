using IndicatorCore.Errors;

namespace IndicatorCore.Portal.Monitoring;

/// <summary>An export is at fault, not the published state or the store.</summary>
/// <param name="fault">The fault.</param>
internal sealed class ExportFaultException(Exception fault) : Exception(fault.Message, fault)
{
    /// <summary>Whether a fault is of what was read.</summary>
    public static bool Is(Exception fault) => fault is IndicatorDataException and not LimitExceededException { IsMemoryBudget: true } or IOException or UnauthorizedAccessException;

    /// <summary>The fault in words that name no folder.</summary>
    public static string Reason(Exception fault) => fault is IndicatorDataException data ? data.Problem : "it cannot be opened or read";
}
