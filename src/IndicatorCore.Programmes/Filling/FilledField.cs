namespace IndicatorCore.Programmes.Filling;

/// <summary>A field with its content.</summary>
/// <param name="Name">The name in templates.</param>
/// <param name="Group">The heading over several fields, or null.</param>
/// <param name="Heading">The heading.</param>
/// <param name="Cell">The content.</param>
public sealed record FilledField(string Name, string? Group, string Heading, FilledCell Cell);
