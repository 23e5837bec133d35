namespace IndicatorCore.Portal.Tests.Support;

/// <summary>Tests that share <see cref="SampleServer"/>.</summary>
[CollectionDefinition("sample server")]
public sealed class SampleServerTests : ICollectionFixture<SampleServer>;
