namespace IndicatorCore.Spilling;

/// <summary>Reads the blocks of a part of a spill file one after another.</summary>
/// <param name="file">The file.</param>
/// <param name="start">Where the part begins.</param>
/// <param name="end">Where it ends.</param>
internal sealed class SpillReader(SpillFile file, long start, long end)
{
    private byte[] _block = new byte[SpillBlock.Bytes];
    private long _at = start;

    /// <summary>Takes the next block.</summary>
    /// <param name="payload">Its payload, until the next is taken; empty at the end.</param>
    /// <param name="records">How many records it holds.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="Errors.SpillException">It is not as it was written.</exception>
    public bool TryTake(out ReadOnlyMemory<byte> payload, out int records)
    {
        (payload, records) = (default, 0);
        if (_at == end)
        {
            return false;
        }

        Span<byte> head = stackalloc byte[SpillBlock.HeadBytes];
        if (end - _at < SpillBlock.HeadBytes)
        {
            throw file.Damaged("it ends early");
        }

        file.Read(head, _at);
        var length = SpillBlock.LengthOf(head);
        if (length < 0 || length > end - _at - SpillBlock.HeadBytes)
        {
            throw file.Damaged("a block has no head");
        }

        if (_block.Length < SpillBlock.HeadBytes + length)
        {
            _block = new byte[SpillBlock.HeadBytes + length];
        }

        var block = _block.AsSpan(0, SpillBlock.HeadBytes + length);
        head.CopyTo(block);
        file.Read(block[SpillBlock.HeadBytes..], _at + SpillBlock.HeadBytes);
        if (!SpillBlock.IsWhole(block))
        {
            throw file.Damaged("a checksum does not hold");
        }

        _at += block.Length;
        records = SpillBlock.RecordsOf(head);
        payload = _block.AsMemory(SpillBlock.HeadBytes, length);
        return true;
    }
}
