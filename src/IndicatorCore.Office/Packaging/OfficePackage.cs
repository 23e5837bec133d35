using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;

namespace IndicatorCore.Office.Packaging;

/// <summary>
/// Writes an Office file part by part, straight to its stream: nothing is kept but the list of parts, and equal parts give equal bytes
/// (the package of the base library stamps the time of day and names relations at random).
/// </summary>
internal sealed class OfficePackage : IDisposable
{
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly DateTimeOffset s_stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ZipArchive _archive;
    private readonly List<(string Path, string ContentType)> _parts = [];
    private readonly SortedDictionary<string, List<(string Id, string Type, string Target)>> _relations = new(StringComparer.Ordinal);

    /// <summary>Begins a package on a stream that stays open.</summary>
    public OfficePackage(Stream output) => _archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);

    /// <summary>Writes a part from an element tree.</summary>
    public void Part(string path, string contentType, OpenXmlElement root) => Part(path, contentType, stream =>
    {
        using var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CloseOutput = false });
        writer.WriteStartDocument(standalone: true);
        root.WriteTo(writer);
    });

    /// <summary>Writes a part.</summary>
    public void Part(string path, string contentType, Action<Stream> write)
    {
        _parts.Add((path, contentType));
        Entry(path, write);
    }

    /// <summary>Relates a part, or the package where the source is empty, to another by its path relative to the source's folder.</summary>
    public void Relate(string source, string id, string type, string target)
    {
        var cut = source.LastIndexOf('/') + 1;
        var path = source.Length == 0 ? "_rels/.rels" : $"{source[..cut]}_rels/{source[cut..]}.rels";
        if (!_relations.TryGetValue(path, out var list))
        {
            _relations.Add(path, list = []);
        }

        list.Add((id, type, target));
    }

    /// <summary>Writes the relations and the content types.</summary>
    public void Dispose()
    {
        foreach (var (path, list) in _relations)
        {
            Entry(path, stream => Write(stream, "Relationships", Relations, writer =>
            {
                foreach (var (id, type, target) in list)
                {
                    writer.WriteStartElement("Relationship", Relations);
                    writer.WriteAttributeString("Id", id);
                    writer.WriteAttributeString("Type", type);
                    writer.WriteAttributeString("Target", target);
                    writer.WriteEndElement();
                }
            }));
        }

        const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
        Entry("[Content_Types].xml", stream => Write(stream, "Types", Types, writer =>
        {
            Type(writer, "Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml");
            Type(writer, "Default", "Extension", "xml", "application/xml");
            foreach (var (path, contentType) in _parts)
            {
                Type(writer, "Override", "PartName", "/" + path, contentType);
            }
        }));
        _archive.Dispose();

        static void Type(XmlWriter writer, string element, string attribute, string name, string contentType)
        {
            writer.WriteStartElement(element, Types);
            writer.WriteAttributeString(attribute, name);
            writer.WriteAttributeString("ContentType", contentType);
            writer.WriteEndElement();
        }
    }

    private static void Write(Stream stream, string root, string name, Action<XmlWriter> content)
    {
        using var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CloseOutput = false });
        writer.WriteStartDocument(standalone: true);
        writer.WriteStartElement(root, name);
        content(writer);
        writer.WriteEndElement();
    }

    private void Entry(string path, Action<Stream> write)
    {
        var entry = _archive.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = s_stamp;
        using var stream = entry.Open();
        write(stream);
    }
}
