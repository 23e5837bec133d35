using System.Buffers.Binary;
using IndicatorCore.Compression;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>A compressed buffer of a large batch, decoded from its start to its end, a window at a time.</summary>
internal sealed class WindowBuffer
{
    private const int Slack = 4096;
    private readonly Lz4FrameStream.StoredRead _read;
    private readonly IpcReaderOptions _options;
    private readonly long _length;
    private readonly long _need;
    private readonly bool _mayBeEmpty;
    private Lz4FrameStream? _frame;
    private long _declared;
    private long _done;
    private bool _isOpen;

    /// <summary>Notes what to decode; nothing is read yet.</summary>
    /// <param name="read">Reads stored bytes of the buffer.</param>
    /// <param name="options">Limits.</param>
    /// <param name="length">The stored bytes, the length in front included; 0 = there is no buffer.</param>
    /// <param name="need">The bytes that the batch's rows need.</param>
    /// <param name="mayBeEmpty">Whether no bytes at all are enough.</param>
    public WindowBuffer(Lz4FrameStream.StoredRead read, IpcReaderOptions options, long length, long need, bool mayBeEmpty)
    {
        (_read, _options, _length, _need, _mayBeEmpty) = (read, options, length, need, mayBeEmpty);
        IsEmpty = length == 0;
    }

    /// <summary>Whether there are no bytes; known once <see cref="Open"/> was called.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Reads what stands in front of the bytes and judges it.</summary>
    /// <exception cref="IndicatorDataException">The buffer does not hold what the rows need.</exception>
    public void Open()
    {
        if (_isOpen)
        {
            return;
        }

        _isOpen = true;
        if (_length > 0 && _length < sizeof(long))
        {
            throw new MalformedArrowException($"A compressed buffer has {_length} bytes, too few for its length");
        }

        _declared = _length == 0 ? 0 : Declared();
        var payload = Math.Max(0, _length - sizeof(long));
        if (_declared < -1)
        {
            throw new MalformedArrowException($"A compressed buffer declares {_declared} bytes");
        }

        if (payload == 0 && _declared > 0)
        {
            throw new MalformedArrowException($"A compressed buffer of {_declared} bytes is empty");
        }

        var usable = _declared == -1 ? payload : _declared;
        IsEmpty = usable == 0;
        if (IsEmpty && _mayBeEmpty)
        {
            return;
        }

        if (usable < _need)
        {
            throw new MalformedArrowException($"A buffer has {usable} bytes where the rows need {_need}");
        }

        if (_declared == -1)
        {
            return;
        }

        // 255 is the most that one LZ4 byte can stand for
        if (_declared > (255L * payload) + 64)
        {
            throw new MalformedArrowException($"A compressed buffer of {payload} bytes declares {_declared} bytes, more than LZ4 can reach");
        }

        if (_declared > (2 * _need) + Slack)
        {
            throw new LimitExceededException(
                $"A compressed buffer declares {_declared} bytes where the rows need {_need}, more than twice that and {Slack}");
        }

        _frame = new Lz4FrameStream(payload, _declared, _options.VerifyChecksums, (offset, into) => _read(sizeof(long) + offset, into));
    }

    /// <summary>Decodes the next bytes; with the last that the rows need, the rest is judged too.</summary>
    public void Read(Memory<byte> into, CancellationToken cancellationToken)
    {
        if (_frame is null)
        {
            _read(sizeof(long) + _done, into);
            _done += into.Length;
            return;
        }

        _frame.Read(into.Span, cancellationToken);
        _done += into.Length;
        if (_done < _need)
        {
            return;
        }

        Span<byte> rest = stackalloc byte[512];
        for (; _done < _declared; _done += Math.Min(rest.Length, _declared - _done))
        {
            _frame.Read(rest[..(int)Math.Min(rest.Length, _declared - _done)], cancellationToken);
        }

        _frame.End();
    }

    private long Declared()
    {
        var bytes = new byte[sizeof(long)];
        _read(0, bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }
}
