using System.Text;
using CsvHelper;
using IndicatorCore.Errors;

namespace IndicatorCore.Adapters.Csv;

/// <summary>The rows of one CSV file, one after the other.</summary>
internal sealed class CsvRows : IDisposable
{
    private readonly CsvReader _reader;
    private readonly FileStream _stream;
    private readonly DataLocation _location;
    private readonly int _longest;

    /// <summary>Reads the headings.</summary>
    /// <param name="reader">The CSV text.</param>
    /// <param name="stream">What it reads.</param>
    /// <param name="location">The file, for errors.</param>
    /// <param name="longest">The most bytes of a line.</param>
    public CsvRows(CsvReader reader, FileStream stream, DataLocation location, int longest)
    {
        _longest = longest;
        _reader = reader;
        _stream = stream;
        _location = location;
        if (!Read())
        {
            Dispose();
            throw new ConfigurationException("The file is empty", location, "Its first line names the columns.");
        }

        Headings = Distinct(reader.Current.ToArray());
    }

    /// <summary>The headings, trimmed; made different from each other where they are not.</summary>
    public IReadOnlyList<string> Headings { get; }

    /// <summary>The reader, standing on the current row.</summary>
    public CsvReader Row => _reader;

    /// <summary>Bytes of the file read so far.</summary>
    public long BytesRead => _stream.Position;

    /// <summary>Whether the current row has another number of fields than the heading, empty ones at its end aside.</summary>
    public bool IsRagged
    {
        get
        {
            if (_reader.FieldCount < Headings.Count)
            {
                return true;
            }

            for (var i = Headings.Count; i < _reader.FieldCount; i++)
            {
                if (!_reader.IsEmpty(i))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Moves to the next row.</summary>
    public bool Read()
    {
        try
        {
            // the reader judges only what outgrows its buffer
            return _reader.Read() && (_reader.RawRecord.Length <= _longest ? true : throw TooLong(_reader.LineNumber, inner: null));
        }
        catch (CsvFormatException fault) when (fault.Message.Contains("MaxRecordSize", StringComparison.Ordinal))
        {
            throw TooLong(fault.LineNumber, fault);
        }
        catch (CsvFormatException fault)
        {
            throw new ConfigurationException(
                $"The line is no CSV: {fault.Message.TrimEnd('.')}",
                _location with { Row = fault.LineNumber > 0 ? fault.LineNumber : null },
                "Check the \"delimiter\" of the source profile.",
                fault);
        }
        catch (DecoderFallbackException fault)
        {
            throw new ConfigurationException(
                "The text is not of the declared encoding",
                _location with { Row = _reader.LineNumber > 0 ? _reader.LineNumber + 1 : null },
                "Change the \"encoding\" of the source profile.",
                fault);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private ConfigurationException TooLong(long line, Exception? inner) => new(
        $"The line has more than {_longest} bytes",
        _location with { Row = line > 0 ? line : null },
        "A quoted field may never be closed; double the quotes inside quoted fields, and check the \"delimiter\" of the source profile.",
        inner);

    private static string[] Distinct(string[] headings)
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < headings.Length; i++)
        {
            var heading = headings[i].Trim().Trim('\uFEFF');
            heading = heading.Length == 0 ? $"column_{i + 1}" : heading;
            var name = heading;
            for (var n = 2; !seen.Add(name); n++)
            {
                name = $"{heading}_{n}";
            }

            headings[i] = name;
        }

        return headings;
    }
}
