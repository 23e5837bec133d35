using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>A column one of which must not be null for a wide row to feed the plan's table.</summary>
/// <param name="Name">The canonical column.</param>
/// <param name="Lane">Its lane.</param>
/// <param name="IsKey">Whether the lane holds key numbers, not values with classes.</param>
internal readonly record struct UserFeed(string Name, Lane Lane, bool IsKey);
