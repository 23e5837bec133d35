namespace IndicatorCore.Fuzz.Mutation;

/// <summary>A number of an input set to another value.</summary>
/// <param name="Site">Which of the seed's sites.</param>
/// <param name="Way">How the value is made from what is there.</param>
/// <param name="Operand">What the way needs.</param>
internal readonly record struct Edit(int Site, EditWay Way, long Operand);
