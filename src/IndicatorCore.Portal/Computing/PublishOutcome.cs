using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Computing;

/// <summary>What came of publishing.</summary>
/// <param name="Publication">The newest publication of the dataset.</param>
/// <param name="IsNew">Whether it was published now; else everything that was read was there already.</param>
public sealed record PublishOutcome(Publication Publication, bool IsNew);
