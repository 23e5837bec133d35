namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>What <see cref="PublicationFiles.Head"/> holds.</summary>
/// <param name="Publication">The publication.</param>
/// <param name="RowBytes">How long the file of rows is.</param>
/// <param name="ViewRows">How many rows each view has.</param>
internal sealed record PublicationHead(Publication Publication, long RowBytes, IReadOnlyList<long> ViewRows);
