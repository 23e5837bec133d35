namespace IndicatorCore.Generation.Model;

/// <summary>A product as one line makes it.</summary>
internal sealed record ProductModel
{
    /// <summary>The position among the products of its line.</summary>
    public required int Slot { get; init; }

    public required string Id { get; init; }

    public required string Unit { get; init; }

    /// <summary>Good output in thousandths of the unit for one labour hour before go-live.</summary>
    public required int MilliPerHour { get; init; }

    /// <summary>Cost of one unit before go-live, in fen, all elements.</summary>
    public required int FenPerUnit { get; init; }

    /// <summary>The first day on which it is made, or the least integer.</summary>
    public int FirstDay { get; init; } = int.MinValue;

    /// <summary>Whether its output is sometimes not recorded.</summary>
    public bool LosesOutput { get; init; }

    /// <summary>Whether one cost element is not booked any more after go-live.</summary>
    public bool LosesElement { get; init; }
}
