namespace IndicatorCore.Indicators.Reading;

/// <summary>A piece of work for one worker: a batch of an input.</summary>
/// <param name="Input">The input's place among those that are read together.</param>
/// <param name="Batch">The batch's ordinal in the input.</param>
internal readonly record struct BatchTicket(int Input, int Batch);
