namespace IndicatorCore.Registry;

/// <summary>A figure as declared in a form (interface 2, declared).</summary>
/// <param name="Factory">工厂编号.</param>
/// <param name="Indicator">指标.</param>
/// <param name="Text">申报值, as typed.</param>
public sealed record DeclaredRecord(string Factory, string Indicator, string Text);
