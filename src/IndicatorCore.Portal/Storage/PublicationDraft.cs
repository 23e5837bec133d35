using IndicatorCore.Indicators;

namespace IndicatorCore.Portal.Storage;

/// <summary>What is to be published as the next revision. Nothing of it is seen before all of it is kept.</summary>
public sealed record PublicationDraft
{
    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The revision that it follows, 0 for the first: another one published meanwhile is a conflict.</summary>
    public required int Follows { get; init; }

    /// <summary>When it is published.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>The reports by view, in order. All have one zone.</summary>
    public required IReadOnlyList<KeyValuePair<string, IndicatorReport>> Views { get; init; }

    /// <summary>The factories of the registry, by id.</summary>
    public required IReadOnlyList<Place> Places { get; init; }

    /// <summary>What is kept beside the rows, by <see cref="Storage.Attachment"/>: writes it to a stream, synchronously.</summary>
    public required IReadOnlyDictionary<Attachment, Action<Stream>> Attachments { get; init; }

    /// <summary>How many rows differ from the revision before; null for the first.</summary>
    public long? Changes { get; init; }
}
