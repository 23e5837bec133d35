namespace IndicatorCore.Generation.Expectations;

/// <summary>Whether a figure may be shown: indicator-definitions 1.7.</summary>
internal readonly record struct Verdict(string Status, string? Reason)
{
    public bool Shows => Status is "PUBLISHED" or "PUBLISHED_WITH_WARNING";

    /// <summary>The first that applies of NOT_AVAILABLE and SUPPRESSED reasons, given in the order of 1.7; null entries do not apply.</summary>
    public static Verdict Of(string? notAvailable, IEnumerable<string?> suppressed, IReadOnlyCollection<string> flags)
    {
        if (notAvailable is not null)
        {
            return new Verdict("NOT_AVAILABLE", notAvailable);
        }

        if (suppressed.FirstOrDefault(static reason => reason is not null) is { } reason)
        {
            return new Verdict("SUPPRESSED", reason);
        }

        return new Verdict(flags.Count == 0 ? "PUBLISHED" : "PUBLISHED_WITH_WARNING", null);
    }
}
