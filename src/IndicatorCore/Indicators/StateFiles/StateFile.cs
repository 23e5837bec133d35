using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>A state file that was read.</summary>
/// <param name="Header">Its header.</param>
/// <param name="State">Its state, in the numbers of the engine's key tables.</param>
/// <param name="Inputs">The inputs that it covers, and which of their batches.</param>
internal sealed record StateFile(StateHeader Header, EngineState State, IReadOnlyList<InputTally> Inputs);
