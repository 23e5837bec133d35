using Npgsql;
using NpgsqlTypes;

namespace IndicatorCore.PostgreSql;

/// <summary>A stream whose bytes become pieces of one attachment, as they come.</summary>
internal sealed class PieceWriter : Stream
{
    public const int PieceBytes = 256 * 1024;
    private readonly NpgsqlBinaryImporter _import;
    private readonly int _publication;
    private readonly string _kind;
    private readonly byte[] _piece = new byte[PieceBytes];
    private int _filled;
    private int _number;

    public PieceWriter(NpgsqlBinaryImporter import, int publication, string kind)
    {
        _import = import;
        _publication = publication;
        _kind = kind;
    }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>What was written so far.</summary>
    public override long Length => ((long)_number * PieceBytes) + _filled;

    /// <inheritdoc/>
    public override long Position
    {
        get => Length;
        set => throw new NotSupportedException("What was written is on its way.");
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, PieceBytes - _filled);
            buffer[..count].CopyTo(_piece.AsSpan(_filled));
            _filled += count;
            buffer = buffer[count..];
            if (_filled == PieceBytes)
            {
                Send();
            }
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <summary>Sends what is left. Nothing is written after this.</summary>
    public void Complete()
    {
        if (_filled > 0)
        {
            var length = Length;
            Send();
            CompletedLength = length;
        }
        else
        {
            CompletedLength = Length;
        }
    }

    /// <summary>The length of all of it.</summary>
    public long CompletedLength { get; private set; }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is written only.");

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("It is written only.");

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException("It is written only.");

    private void Send()
    {
        _import.StartRow();
        _import.Write(_publication, NpgsqlDbType.Integer);
        _import.Write(_kind, NpgsqlDbType.Text);
        _import.Write(_number, NpgsqlDbType.Integer);
        _import.Write(_piece.AsMemory(0, _filled), NpgsqlDbType.Bytea);
        _number++;
        _filled = 0;
    }
}
