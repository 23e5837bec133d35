namespace IndicatorCore.Aggregation.Ordered;

/// <summary>Packets with a deadline by what is still in flight where: a packet is in flight at an instant when it was sent before and is due after it.</summary>
/// <param name="Place">The leaf and the pane in which they were sent.</param>
/// <param name="Until">They are in flight at the ends of all panes up to the start of this one, UTC nanoseconds since 1970; <see cref="long.MinValue"/> = at none.</param>
internal readonly record struct DeadlineKey(PaneKey Place, long Until);
