namespace IndicatorCore.Portal.Access;

/// <summary>The members of the document <c>keys</c>.</summary>
internal sealed record KeyFileContent(int Version, KeyFileEntry[] Keys);
