namespace IndicatorCore.PostgreSql;

/// <summary>An attachment as a stream that can seek: pieces are fetched when they are needed, and no connection is held between.</summary>
internal sealed class PieceReader : Stream
{
    private readonly Func<int, CancellationToken, Task<byte[]>> _fetch;
    private readonly int _pieceBytes;
    private byte[] _piece = [];
    private int _number = -1;

    /// <summary>An attachment.</summary>
    /// <param name="length">The length of all of it.</param>
    /// <param name="pieceBytes">The length of each piece but the last.</param>
    /// <param name="fetch">Fetches a piece by its number.</param>
    public PieceReader(long length, int pieceBytes, Func<int, CancellationToken, Task<byte[]>> fetch)
    {
        Length = length;
        _pieceBytes = pieceBytes;
        _fetch = fetch;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override long Position
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || Position >= Length)
        {
            return 0;
        }

        // the engine reads from threads of its own, where blocking harms nobody
        FetchAsync(CancellationToken.None).GetAwaiter().GetResult();
        return Take(buffer);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || Position >= Length)
        {
            return 0;
        }

        await FetchAsync(cancellationToken);
        return Take(buffer.Span);
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("It is read only.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read only.");

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var number = checked((int)(Position / _pieceBytes));
        if (number != _number)
        {
            _piece = await _fetch(number, cancellationToken);
            _number = number;
            var expected = Math.Min(_pieceBytes, Length - ((long)number * _pieceBytes));
            if (_piece.Length != expected)
            {
                throw new InvalidDataException("An attachment of the store is damaged.");
            }
        }
    }

    private int Take(Span<byte> buffer)
    {
        var from = (int)(Position % _pieceBytes);
        var count = Math.Min(buffer.Length, _piece.Length - from);
        _piece.AsSpan(from, count).CopyTo(buffer);
        Position += count;
        return count;
    }
}
