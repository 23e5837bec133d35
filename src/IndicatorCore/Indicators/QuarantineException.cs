namespace IndicatorCore.Indicators;

/// <summary>A quarantine sink failed: unlike a fault of an input, that ends the read whatever <see cref="OnBad"/> says.</summary>
internal sealed class QuarantineException(Exception cause) : IOException($"Quarantined rows cannot be kept: {cause.Message}", cause);
