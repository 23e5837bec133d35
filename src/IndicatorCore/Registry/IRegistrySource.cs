using IndicatorCore.Errors;

namespace IndicatorCore.Registry;

/// <summary>Where a registry comes from: a directory of files, a workbook, memory.</summary>
public interface IRegistrySource
{
    /// <summary>Reads the whole registry, its <see cref="IndicatorRegistry.Digest"/> included.</summary>
    /// <exception cref="ConfigurationException">It says something impossible; the message names file, column and line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    IndicatorRegistry Read();
}
