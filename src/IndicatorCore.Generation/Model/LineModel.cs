namespace IndicatorCore.Generation.Model;

/// <summary>A production line.</summary>
internal sealed record LineModel
{
    /// <summary>The number among all lines of the province.</summary>
    public required int Index { get; init; }

    public required string Id { get; init; }

    public required string Workshop { get; init; }

    public required FactoryModel Factory { get; init; }

    /// <summary>Go-live days in order; none, one or two.</summary>
    public required IReadOnlyList<int> GoLives { get; init; }

    /// <summary>The first day on which the line produces.</summary>
    public required int FirstDay { get; init; }

    public required IReadOnlyList<ProductModel> Products { get; init; }

    public required int Workers { get; init; }

    /// <summary>True gain in output an hour, per mille.</summary>
    public required int GainPermille { get; init; }

    /// <summary>True saving in unit cost, per mille.</summary>
    public required int SavingPermille { get; init; }

    public required int WattHoursAShift { get; init; }

    /// <summary>Whether the ledger knows the line.</summary>
    public required bool HasCost { get; init; }

    /// <summary>How much of the project's effect is reached on a day, per mille: none before go-live, all 30 days after it.</summary>
    public int EffectPermille(int day)
    {
        if (GoLives.Count == 0)
        {
            return 0;
        }

        return Math.Clamp((day - GoLives[^1]) * 1000 / 30, 0, 1000);
    }
}
