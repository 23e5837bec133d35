using System.Runtime.InteropServices;
using System.Text;

namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>An index as a file beside the rows: made again where it is missing or does not fit them.</summary>
internal static class RowIndexFile
{
    private const long Magic = 0x3130_5845_4449_4349;   // "ICIDEX01"

    /// <summary>Writes an index.</summary>
    public static void Write(Stream output, RowIndex index)
    {
        using var writer = new BinaryWriter(output, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(index.Count);
        Texts(writer, index.Views);
        Texts(writer, index.Indicators);
        Texts(writer, index.Levels);
        writer.Write(index.WindowStarts.Length);
        writer.Write(index.Runs);
        foreach (var values in index.RunValues)
        {
            writer.Write7BitEncodedInt(values.Length);
            foreach (var value in values)
            {
                writer.Write(value is not null);
                if (value is not null)
                {
                    writer.Write(value);
                }
            }
        }

        writer.Flush();
        output.Write(MemoryMarshal.AsBytes<int>(index.ViewStarts));
        output.Write(MemoryMarshal.AsBytes<long>(index.WindowStarts));
        output.Write(MemoryMarshal.AsBytes<long>(index.WindowEnds));
        output.Write(MemoryMarshal.AsBytes<int>(index.RunStarts));
        output.Write(MemoryMarshal.AsBytes<ushort>(index.RunLevels));
        output.Write(MemoryMarshal.AsBytes<long>(index.Offsets));
        output.Write(MemoryMarshal.AsBytes<double>(index.Values));
        output.Write(MemoryMarshal.AsBytes<ushort>(index.RowIndicators));
        output.Write(MemoryMarshal.AsBytes<int>(index.RowWindows));
        output.Write(index.Statuses);
        output.Write(MemoryMarshal.AsBytes<long>([Magic]));
    }

    /// <summary>Reads an index, or returns null where the file is none or does not fit the rows.</summary>
    /// <param name="path">The file.</param>
    /// <param name="rows">How many rows there must be.</param>
    /// <param name="bytes">How many bytes their file has.</param>
    public static RowIndex? Read(string path, long rows, long bytes)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            return Read(input, rows) is { } index && IsConsistent(index, bytes) ? index : null;
        }
        catch (Exception problem) when (problem is EndOfStreamException or FormatException or OverflowException or OutOfMemoryException or ArgumentException)
        {
            return null;
        }
    }

    private static RowIndex? Read(FileStream input, long rows)
    {
        using var reader = new BinaryReader(input, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadInt64() != Magic || reader.ReadInt32() is var count && count != rows)
        {
            return null;
        }

        var views = Texts(reader);
        var indicators = Texts(reader);
        var levels = Texts(reader);
        var windows = Length(reader.ReadInt32(), input);
        var runs = Length(reader.ReadInt32(), input);
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        var values = new string?[runs][];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = new string?[Length(reader.Read7BitEncodedInt(), input)];
            for (var k = 0; k < values[i].Length; k++)
            {
                values[i][k] = reader.ReadBoolean() ? Kept(kept, reader.ReadString()) : null;
            }
        }

        var index = new RowIndex
        {
            Views = views,
            ViewStarts = Numbers<int>(input, views.Length + 1),
            Indicators = indicators,
            Levels = levels,
            WindowStarts = Numbers<long>(input, windows),
            WindowEnds = Numbers<long>(input, windows),
            RunStarts = Numbers<int>(input, runs + 1),
            RunLevels = Numbers<ushort>(input, runs),
            RunValues = values,
            Offsets = Numbers<long>(input, count + 1),
            Values = Numbers<double>(input, count),
            RowIndicators = Numbers<ushort>(input, count),
            RowWindows = Numbers<int>(input, count),
            Statuses = Numbers<byte>(input, count),
        };
        return Numbers<long>(input, 1)[0] == Magic ? index : null;
    }

    // nothing that a query would trip over
    private static bool IsConsistent(RowIndex index, long bytes) =>
        index.Offsets[^1] == bytes && index.Offsets[0] == 0 && IsAscending<long>(index.Offsets)
        && index.ViewStarts[0] == 0 && index.ViewStarts[^1] == index.Count && IsAscending<int>(index.ViewStarts)
        && index.RunStarts[^1] == index.Count && (index.Runs == 0 || index.RunStarts[0] == 0) && IsAscending<int>(index.RunStarts)
        && Array.TrueForAll(index.RunLevels, level => level < index.Levels.Length)
        && Array.TrueForAll(index.RowIndicators, indicator => indicator < index.Indicators.Length)
        && Array.TrueForAll(index.RowWindows, window => window >= 0 && window < index.WindowStarts.Length);

    private static bool IsAscending<T>(ReadOnlySpan<T> values)
        where T : IComparable<T>
    {
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i].CompareTo(values[i - 1]) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int Length(int length, FileStream input) => length >= 0 && length <= input.Length ? length : throw new FormatException("A length is impossible.");

    private static string Kept(Dictionary<string, string> kept, string text)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(kept, text, out _);
        return known ??= text;
    }

    private static T[] Numbers<T>(FileStream input, int count)
        where T : unmanaged
    {
        var numbers = new T[count];
        input.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private static void Texts(BinaryWriter writer, string[] texts)
    {
        writer.Write(texts.Length);
        foreach (var text in texts)
        {
            writer.Write(text);
        }
    }

    private static string[] Texts(BinaryReader reader)
    {
        var texts = new string[Length(reader.ReadInt32(), (FileStream)reader.BaseStream)];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.ReadString();
        }

        return texts;
    }
}
