namespace IndicatorCore.Fuzz.Oracles;

/// <summary>A property did not hold: a defect of the library, or of what is held to be true here.</summary>
internal sealed class FuzzFailureException(string what) : Exception(what);
