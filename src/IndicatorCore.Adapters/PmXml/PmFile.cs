using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;

namespace IndicatorCore.Adapters.PmXml;

/// <summary>
/// One file of performance measurements: <c>measCollecFile</c> of TS 32.435 or <c>measDataFile</c> of TS 28.532 and 28.550, plain or gzip. Elements are told by
/// their local names, for vendors differ in the namespace; the document is never held whole.
/// </summary>
internal sealed class PmFile
{
    private const int BufferBytes = 1 << 16;
    private const int MostTypes = 100_000;      // of one measInfo
    private const int MostCharacters = 1 << 24; // of one element's text

    private readonly FileStatus _status;
    private NodeStream? _content;

    private PmFile(string path, FileStatus status) => (Path, _status) = (path, status);

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>Its size.</summary>
    public long Bytes => _status.Length;

    /// <summary>The beginning of its first period as its header says it, UTC nanoseconds; by which files are read in order.</summary>
    public long Begin { get; private set; }

    /// <summary>Looks at a file's header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="zone">The zone of stamps without an offset, or null.</param>
    /// <exception cref="ConfigurationException">It is no such file.</exception>
    public static PmFile Open(string path, TimeZoneInfo? zone)
    {
        var status = FileStatus.Of(path) ?? throw new FileNotFoundException($"There is no file '{path}'", path);
        var file = new PmFile(path, status);
        file.Read(
            (xml, _) =>
            {
                var isFile = xml.LocalName is "measCollecFile" or "measDataFile";
                if (!isFile)
                {
                    throw file.Fault(
                        $"The root element is '{Shown(xml.LocalName)}'", xml, "Give measCollecFile (TS 32.435) or measDataFile (TS 28.532) documents, plain or gzip.");
                }

                while (file.Next(xml))
                {
                    if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "measCollec" && xml.GetAttribute("beginTime") is { } begin)
                    {
                        file.Begin = file.Instant(begin, zone, xml);
                        return;
                    }

                    if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "granPeriod" && xml.GetAttribute("endTime") is { } end)
                    {
                        // no beginTime in the header: the first period orders it as well
                        file.Begin = file.Instant(end, zone, xml);
                        return;
                    }
                }
            });
        return file;
    }

    /// <summary>Reads the file.</summary>
    /// <param name="counters">The measurement types to take, by name: where their values go in <see cref="PmValue.Results"/>.</param>
    /// <param name="width">How many values there are room for.</param>
    /// <param name="zone">The zone of stamps without an offset, or null.</param>
    /// <param name="take">Takes what each object measured; the array is used again.</param>
    /// <param name="progress">Told how many stored bytes were read, now and then.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ConfigurationException">The file breaks the format; the message names line and column.</exception>
    /// <exception cref="InputChangedException">It changed meanwhile.</exception>
    public void Read(
        IReadOnlyDictionary<string, int> counters, int width, TimeZoneInfo? zone, Action<PmValue> take, Action<long> progress, CancellationToken cancellationToken)
    {
        Read((xml, stored) =>
        {
            var element = string.Empty;
            var prefix = string.Empty;
            while (Next(xml))
            {
                if (xml.NodeType != XmlNodeType.Element)
                {
                    continue;
                }

                switch (xml.LocalName)
                {
                    case "fileHeader":
                        prefix = xml.GetAttribute("dnPrefix") ?? string.Empty;
                        break;
                    case "managedElement" or "measEntity":
                        element = Join(prefix, xml.GetAttribute("localDn") ?? string.Empty);
                        break;
                    case "measInfo":
                        using (var info = xml.ReadSubtree())
                        {
                            ReadInfo(info, (IXmlLineInfo)xml, element, counters, new string?[width], zone, value =>
                            {
                                cancellationToken.ThrowIfCancellationRequested();
                                take(value);
                                progress(stored.Position);
                            });
                        }

                        break;
                    default:
                        break;
                }
            }
        });
        if (FileStatus.Of(Path) != _status)
        {
            throw new InputChangedException("The file changed while it was read", new DataLocation(File: Path), "Import it when nobody writes it.");
        }
    }

    private void ReadInfo(
        XmlReader xml, IXmlLineInfo place, string element, IReadOnlyDictionary<string, int> counters, string?[] results, TimeZoneInfo? zone, Action<PmValue> take)
    {
        // position in measResults or number p to result; -1 = passed over
        var inOrder = new List<int>();
        var byNumber = new Dictionary<string, int>(StringComparer.Ordinal);
        (long Start, long End)? period = null;
        while (Next(xml))
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "granPeriod":
                    period = Period(xml, zone);
                    break;
                case "measTypes":
                    foreach (var type in Text(xml).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                    {
                        inOrder.Add(counters.GetValueOrDefault(type, -1));
                    }

                    break;
                case "measType":
                    var number = xml.GetAttribute("p") ?? throw Fault("A measType has no attribute p", xml);
                    if (!byNumber.TryAdd(number, counters.GetValueOrDefault(Text(xml).Trim(), -1)))
                    {
                        throw Fault($"The number p=\"{Shown(number)}\" stands for two measTypes", xml);
                    }

                    break;
                case "measValue":
                    var line = place.LineNumber;
                    var name = Join(element, xml.GetAttribute("measObjLdn") ?? throw Fault("A measValue has no measObjLdn", xml));
                    Array.Clear(results);
                    var isSuspect = ReadValue(xml, inOrder, byNumber, results);
                    if (Array.Exists(results, static result => result is not null))
                    {
                        var (start, end) = period ?? throw Fault("A measValue comes before its granPeriod", xml);
                        take(new PmValue(name, start, end, isSuspect, results, line));
                    }

                    break;
                default:
                    break;
            }

            if (inOrder.Count > MostTypes || byNumber.Count > MostTypes)
            {
                throw new LimitExceededException($"A measInfo has more than {MostTypes:N0} measTypes", new DataLocation(File: Path, Row: place.LineNumber));
            }
        }
    }

    // the values of one object; whether they are suspect
    private bool ReadValue(XmlReader xml, List<int> inOrder, Dictionary<string, int> byNumber, string?[] results)
    {
        var isSuspect = false;
        if (xml.IsEmptyElement)
        {
            return isSuspect;
        }

        var depth = xml.Depth;
        while (Next(xml) && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "measResults":
                    var texts = Text(xml).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                    if (texts.Length != inOrder.Count)
                    {
                        throw Fault($"A measValue has {texts.Length} measResults for {inOrder.Count} measTypes", xml, "Which value is whose cannot be told.");
                    }

                    for (var i = 0; i < texts.Length; i++)
                    {
                        Put(results, inOrder[i], texts[i]);
                    }

                    break;
                case "r":
                    var number = xml.GetAttribute("p") ?? throw Fault("A result has no attribute p", xml);
                    Put(results, byNumber.TryGetValue(number, out var at) ? at : throw Fault($"A result has p=\"{Shown(number)}\", which no measType has", xml), Text(xml).Trim());
                    break;
                case "suspect":
                    isSuspect = Text(xml).Trim() is "true" or "1" or "TRUE" or "True";
                    break;
                default:
                    break;
            }
        }

        return isSuspect;
    }

    private static void Put(string?[] results, int at, string text)
    {
        // NIL and nothing both say that there is no value (TS 32.435, 4.1)
        if (at >= 0 && text.Length > 0 && !text.Equals("NIL", StringComparison.OrdinalIgnoreCase))
        {
            results[at] = text;
        }
    }

    private (long Start, long End) Period(XmlReader xml, TimeZoneInfo? zone)
    {
        var end = Instant(xml.GetAttribute("endTime") ?? throw Fault("A granPeriod has no endTime", xml), zone, xml);
        var duration = xml.GetAttribute("duration") ?? throw Fault("A granPeriod has no duration", xml);
        try
        {
            var length = XmlConvert.ToTimeSpan(duration);
            return length > TimeSpan.Zero && length <= TimeSpan.FromDays(366)
                ? (end - (length.Ticks * TimeSpan.NanosecondsPerTick), end)
                : throw Fault($"The duration '{Shown(duration)}' is no granularity period", xml);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            throw Fault($"The duration '{Shown(duration)}' is no ISO 8601 duration", xml, "Such as PT900S.");
        }
    }

    private long Instant(string text, TimeZoneInfo? zone, XmlReader xml)
    {
        var hasOffset = text.EndsWith('Z') || (text.IndexOf('T', StringComparison.Ordinal) is >= 0 and var at && text.AsSpan(at).IndexOfAny('+', '-') >= 0);
        if (!hasOffset && zone is null)
        {
            throw Fault($"The time '{Shown(text)}' has no offset", xml, "Say its zone in the mapping: \"zone\": \"Asia/Shanghai\".");
        }

        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
        {
            throw Fault($"'{Shown(text)}' is no time", xml, "Such as 2024-03-01T00:15:00+08:00.");
        }

        var utc = hasOffset ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime
            : zone!.IsInvalidTime(time) ? throw Fault($"The time '{Shown(text)}' does not exist in {zone.Id}", xml)
            : TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), zone);
        return utc.Year is >= 1970 and < 2200
            ? (utc - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick
            : throw Fault($"The time '{Shown(text)}' is not plausible", xml);
    }

    private static string Join(string element, string name) =>
        element.Length == 0 || name.StartsWith(element, StringComparison.Ordinal) ? name : name.Length == 0 ? element : $"{element},{name}";

    // an element's own text; what it nests is passed over
    private string Text(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return string.Empty;
        }

        var text = new StringBuilder();
        var depth = xml.Depth;
        while (Next(xml) && xml.Depth > depth)
        {
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                text.Append(xml.Value);
                if (text.Length > MostCharacters)
                {
                    throw new LimitExceededException($"An element holds more than {MostCharacters:N0} characters", new DataLocation(File: Path));
                }
            }
        }

        return text.ToString();
    }

    private bool Next(XmlReader xml)
    {
        _content?.NextNode();
        return xml.Read();
    }

    private void Read(Action<XmlReader, Stream> read)
    {
        using var stored = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        var isGzip = stored.ReadByte() == 0x1F && stored.ReadByte() == 0x8B;
        stored.Position = 0;
        using var content = isGzip ? new GZipStream(stored, CompressionMode.Decompress, leaveOpen: true) : (Stream)stored;
        var settings = new XmlReaderSettings
        {
            // no entities and nothing from elsewhere
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            MaxCharactersInDocument = 1L << 40,
        };
        try
        {
            using var nodes = new NodeStream(content, Path);
            _content = nodes;
            using var xml = XmlReader.Create(nodes, settings);
            xml.MoveToContent();
            read(xml, stored);
        }
        catch (XmlException fault)
        {
            throw new ConfigurationException(
                $"The file is no well-formed XML: {fault.Message.TrimEnd('.')}", new DataLocation(File: Path, Row: fault.LineNumber > 0 ? fault.LineNumber : null), "Export it again.", fault);
        }
        catch (InvalidDataException fault)
        {
            throw new ConfigurationException("The file is no whole gzip file", new DataLocation(File: Path), "Copy it again.", fault);
        }
    }

    private ConfigurationException Fault(string problem, XmlReader xml, string? advice = null) =>
        new(problem, new DataLocation(File: Path, Row: xml is IXmlLineInfo { LineNumber: > 0 } place ? place.LineNumber : null), advice);

    private static string Shown(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}
