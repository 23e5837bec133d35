namespace IndicatorCore.Html;

/// <summary>A declared figure beside the measured one, as it is shown.</summary>
/// <param name="Factory">The factory that declared it.</param>
/// <param name="Indicator">The indicator's id.</param>
/// <param name="Declared">What was declared, as it was written.</param>
/// <param name="Measured">What was measured, or null.</param>
/// <param name="Unit">The unit of the measured value.</param>
/// <param name="Difference">Declared less measured, in percentage points where the unit is a ratio; or null.</param>
/// <param name="Verdict"><c>CONSISTENT</c>, <c>OVERSTATED</c>, <c>UNDERSTATED</c> or <c>UNVERIFIABLE</c>.</param>
public sealed record DeclaredFigure(string Factory, string Indicator, string Declared, double? Measured, string Unit, double? Difference, string Verdict);
