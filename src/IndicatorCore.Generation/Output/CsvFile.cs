using System.Text;

namespace IndicatorCore.Generation.Output;

/// <summary>Writes a CSV file as RFC 4180 has it, with LF, UTF-8, with or without a byte order mark.</summary>
internal sealed class CsvFile(string path, bool mark) : IDisposable
{
    private readonly StreamWriter _writer = new(path, append: false, new UTF8Encoding(mark)) { NewLine = "\n" };

    public void Row(params ReadOnlySpan<string> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
            {
                _writer.Write(',');
            }

            var value = values[i];
            _writer.Write(value.AsSpan().ContainsAny(",\"\r\n") ? $"\"{value.Replace("\"", "\"\"")}\"" : value);
        }

        _writer.WriteLine();
    }

    public void Dispose() => _writer.Dispose();
}
