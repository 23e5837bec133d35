using IndicatorCore.Errors;

namespace IndicatorCore.Adapters.PmXml;

/// <summary>How files of performance measurements become tables: which measurement types, and where their objects belong (docs/preparing-exports.md).</summary>
public sealed record PmMapping
{
    /// <summary>The measurement types that are taken; others are passed over.</summary>
    public required IReadOnlyList<PmCounter> Counters { get; init; }

    /// <summary>Where objects belong; of several that match, the first.</summary>
    public IReadOnlyList<PmObjectRule> Objects { get; init; } = [];

    /// <summary>The IANA zone of stamps without an offset, or null: such files are refused.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The standard's volumes of user data (TS 28.552, 5.1.2.1 and 5.1.3.6: PDCP, in Mbit), by cell.</summary>
    public static PmMapping Default { get; } = PmMappingReader.Parse(
        """
        {
          "counters": [
            { "measType": "DRB.PdcpSduVolumeDL", "kind": "volume", "direction": "dl", "unit": "125000" },
            { "measType": "DRB.PdcpSduVolumeUL", "kind": "volume", "direction": "ul", "unit": "125000" },
            { "measType": "DRB.PdcpSduVolumeDl", "kind": "volume", "direction": "dl", "unit": "125000" },
            { "measType": "DRB.PdcpSduVolumeUl", "kind": "volume", "direction": "ul", "unit": "125000" }
          ]
        }
        """,
        "the built-in mapping");

    /// <summary>Reads a mapping.</summary>
    /// <param name="path">The file: JSON with comments and trailing commas allowed.</param>
    /// <exception cref="ConfigurationException">It says something unknown or impossible; the message names the place in the file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PmMapping Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return PmMappingReader.Parse(Sources.ConfigurationText.Read(path), path);
    }

    /// <summary>Reads the text of a mapping.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">How errors call it.</param>
    /// <exception cref="ConfigurationException">As for a path.</exception>
    public static PmMapping Parse(string json, string file)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(file);
        return PmMappingReader.Parse(json, file);
    }
}
