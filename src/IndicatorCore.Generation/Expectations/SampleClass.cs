namespace IndicatorCore.Generation.Expectations;

/// <summary>The value classes of indicator-definitions 1.4.</summary>
internal enum SampleClass
{
    Valid,
    Missing,
    Invalid,
    Unserved,
}
