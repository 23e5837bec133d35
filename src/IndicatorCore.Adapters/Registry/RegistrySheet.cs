namespace IndicatorCore.Adapters.Registry;

/// <summary>A table of a registry as text, however it was read: one sheet of a workbook, say.</summary>
/// <param name="Name">Its name: English (factories) or Chinese (工厂), case and blanks ignored.</param>
/// <param name="Rows">Its rows, the headings first; each with its number in the source, from 1.</param>
public sealed record RegistrySheet(string Name, IReadOnlyList<(int Number, IReadOnlyList<string> Cells)> Rows);
