namespace IndicatorCore.Spilling;

/// <summary>Writes records into a spill file, in blocks.</summary>
/// <param name="file">The file.</param>
internal sealed class SpillWriter(SpillFile file)
{
    private byte[] _block = new byte[SpillBlock.Bytes];
    private int _length = SpillBlock.HeadBytes;
    private int _records;

    /// <summary>Adds a record.</summary>
    /// <exception cref="Errors.SpillException">The disk does not take it.</exception>
    public void Add(ReadOnlySpan<byte> record)
    {
        record.CopyTo(Room(record.Length));
        Take(record.Length);
    }

    /// <summary>Room for a record of a length.</summary>
    /// <exception cref="Errors.SpillException">The disk does not take what was written before.</exception>
    public Span<byte> Room(int length)
    {
        if (_block.Length - _length < length)
        {
            Flush();
            if (_block.Length - _length < length)
            {
                _block = new byte[SpillBlock.HeadBytes + length];   // one record that is longer than a block
            }
        }

        return _block.AsSpan(_length, length);
    }

    /// <summary>Says that a record was put into the room, and how long it is.</summary>
    public void Take(int length)
    {
        _length += length;
        _records++;
    }

    /// <summary>Writes what is left.</summary>
    /// <exception cref="Errors.SpillException">The disk does not take it.</exception>
    public void Flush()
    {
        if (_records > 0)
        {
            var block = _block.AsSpan(0, _length);
            SpillBlock.Seal(block, _records);
            file.Append(block);
            (_length, _records) = (SpillBlock.HeadBytes, 0);
        }
    }
}
