using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.UserDefined;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Binding;

/// <summary>What decides which consumers the rows of an input go to: of an input at hand, or of rows that were kept of one.</summary>
internal interface IBoundInput
{
    /// <summary>The table that it is.</summary>
    TableDefinition Table { get; }

    /// <summary>Whether the rows are wide ones.</summary>
    bool IsTelemetry { get; }

    /// <summary>The tables that the rows feed.</summary>
    IReadOnlyList<TableDefinition> Feeds { get; }

    /// <summary>The plans of user-defined indicators that the rows feed.</summary>
    UserPlan[] UserPlans { get; }

    /// <summary>Whether energy comes as readings of cumulative meters.</summary>
    bool IsMetered { get; }

    /// <summary>How long a device counts as online after it was heard, nanoseconds, or null where the source says nothing of it.</summary>
    long? HeartbeatTimeout { get; }

    /// <summary>How long a radio sample holds at most, nanoseconds; null where the source says nothing of it.</summary>
    long? SampleHold { get; }

    /// <summary>The width of sequence numbers; 0 = not known.</summary>
    int SequenceBits { get; }

    /// <summary>Whether the rows have a lane.</summary>
    bool Has(Lane lane);
}
