namespace IndicatorCore.Portal.Storage;

/// <summary>A small document of the portal.</summary>
/// <param name="Version">Its version, from 1.</param>
/// <param name="Content">Its bytes.</param>
public sealed record StoredDocument(long Version, ReadOnlyMemory<byte> Content);
