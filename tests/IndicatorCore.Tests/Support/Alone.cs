namespace IndicatorCore.Tests.Support;

/// <summary>Tests that measure the whole process, such as its memory: nothing runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
