namespace IndicatorCore.Indicators.Reading;

/// <summary>A piece of work for one worker: a batch of an input, or a window of a large one.</summary>
/// <param name="Input">The input's place among those that are read together.</param>
/// <param name="Batch">The batch's ordinal in the input.</param>
/// <param name="Window">The window; 0 for a whole batch.</param>
/// <param name="Large">What the windows of a large batch share; null for a whole batch.</param>
internal readonly record struct BatchTicket(int Input, int Batch, int Window = 0, LargeBatch? Large = null);
