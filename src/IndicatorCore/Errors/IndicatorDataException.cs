namespace IndicatorCore.Errors;

/// <summary>The data is at fault, not the call. Misuse throws the BCL's own exceptions instead.</summary>
public abstract class IndicatorDataException : Exception
{
    private protected IndicatorDataException(DataFault kind, string problem, DataLocation location, string? advice, Exception? inner)
        : base(problem, inner)
    {
        Kind = kind;
        Problem = problem;
        Location = location;
        Advice = advice;
    }

    /// <summary>What kind of fault it is.</summary>
    public DataFault Kind { get; }

    /// <summary>The fault in one sentence, without its place.</summary>
    public string Problem { get; }

    /// <summary>Where the fault lies, as far as it is known.</summary>
    public DataLocation Location { get; private set; }

    /// <summary>What to do about it, or null.</summary>
    public string? Advice { get; }

    /// <summary>The sentence, its place, and what to do.</summary>
    public override string Message
    {
        get
        {
            var place = Location.ToString();
            var text = place.Length == 0 ? Problem : $"{Problem} ({place})";
            return Advice is null ? text : $"{text}. {Advice}";
        }
    }

    /// <summary>Adds what an outer layer knows of the place (the file, the batch); parts already known stay.</summary>
    /// <returns>This exception, so that <c>throw fault.At(...)</c> reads well where a rethrow is not possible.</returns>
    internal IndicatorDataException At(in DataLocation outer)
    {
        Location = Location.Within(outer);
        return this;
    }

    /// <summary>Counts the row from an earlier one: from the start of the batch, where it was counted from the start of a part.</summary>
    internal void ShiftRow(long rows)
    {
        if (Location.Row is { } row)
        {
            Location = Location with { Row = row + rows };
        }
    }
}
