using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;

namespace IndicatorCore.Tests.Office;

/// <summary>Looks at written Office files through the vendor's own library.</summary>
internal static class OfficeFiles
{
    /// <summary>Every fault that the validator finds.</summary>
    public static IReadOnlyList<string> Faults(byte[] file, string ending)
    {
        using var stream = new MemoryStream(file);
        using OpenXmlPackage package = ending == "xlsx" ? SpreadsheetDocument.Open(stream, isEditable: false) : WordprocessingDocument.Open(stream, isEditable: false);
        return [.. new OpenXmlValidator(FileFormatVersions.Office2019).Validate(package).Select(static fault => $"{fault.Part?.Uri} {fault.Path?.XPath}: {fault.Description}")];
    }

    /// <summary>The bytes that a writer writes.</summary>
    public static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
