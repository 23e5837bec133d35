namespace IndicatorCore.Portal.Serving;

/// <summary>The parameters that an endpoint takes; any other is refused.</summary>
/// <param name="Items">The parameters.</param>
internal sealed record EndpointParameters(params IReadOnlyList<EndpointParameter> Items)
{
    private static readonly string[] s_sorts = ["published", "value", "-value", "window"];

    public static EndpointParameter Dataset { get; } = new("dataset", "The dataset; may be left out where there is one alone");

    public static EndpointParameter Revision { get; } = new("revision", "The revision; left out: the newest", IsInteger: true);

    public static EndpointParameter View { get; } = new("view", "The view: default, or a calendar window such as month");

    public static EndpointParameter Indicator { get; } = new("indicator", "Indicator ids, comma-separated", IsRepeated: true);

    public static EndpointParameter Level { get; } = new("level", "The level: keys joined by commas, such as factory or factory,line; empty for the whole");

    public static EndpointParameter Group { get; } = new("group", "key:value that the group must have, such as factory:F001; key: is the unassigned group", IsRepeated: true);

    public static EndpointParameter Within { get; } = new("within", "Only what lies within a place: province:NAME, city:NAME or factory:ID", IsRepeated: true);

    public static EndpointParameter From { get; } = new("from", "Only windows that end after this instant: RFC 3339, or a date of the dataset's zone");

    public static EndpointParameter To { get; } = new("to", "Only windows that begin before this instant");

    public static EndpointParameter Status { get; } = new("status", "Statuses, comma-separated: PUBLISHED, PUBLISHED_WITH_WARNING, SUPPRESSED, NOT_AVAILABLE", IsRepeated: true);

    public static EndpointParameter Sort { get; } = new("sort", "The order; rows without a value come last", Values: s_sorts);

    public static EndpointParameter Offset { get; } = new("offset", "Rows to pass over", IsInteger: true);

    public static EndpointParameter Limit { get; } = new("limit", "The most rows: 1 to 10,000 (100)", IsInteger: true);

    public static EndpointParameter Factory { get; } = new("factory", "The factory's id");

    /// <summary>The names.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Items.Select(static item => item.Name)];
}
