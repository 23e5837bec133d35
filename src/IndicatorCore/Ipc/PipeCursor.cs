using System.Buffers;
using System.IO.Pipelines;
using System.Security.Cryptography;

namespace IndicatorCore.Ipc;

/// <summary>Takes bytes off a pipe in order, counts them and, if asked to, hashes them.</summary>
internal sealed class PipeCursor(PipeReader pipe, IncrementalHash? hash)
{
    private ReadOnlySequence<byte> _buffer;
    private bool _isHeld;
    private bool _isEnd;

    /// <summary>Bytes taken so far.</summary>
    public long Position { get; private set; }

    /// <summary>What is here and not taken yet.</summary>
    public ReadOnlySequence<byte> Buffer => _buffer;

    /// <summary>Waits until at least <paramref name="wanted"/> bytes are here (a few: they must fit the pipe), or the input ends;
    /// gives what is here, at most <paramref name="wanted"/>.</summary>
    public async ValueTask<int> FillAsync(int wanted, CancellationToken cancellationToken)
    {
        while (_buffer.Length < wanted && !_isEnd)
        {
            if (_isHeld)
            {
                _isHeld = false;
                pipe.AdvanceTo(_buffer.Start, _buffer.End);
            }

            var result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
            _buffer = result.Buffer;
            _isHeld = true;
            _isEnd = result.IsCompleted;
            if (result.IsCanceled)
            {
                throw new OperationCanceledException("Reading from the pipe was cancelled.");
            }
        }

        return (int)Math.Min(wanted, _buffer.Length);
    }

    /// <summary>Takes bytes that are here.</summary>
    public void Take(long count)
    {
        if (hash is not null)
        {
            foreach (var segment in _buffer.Slice(0, count))
            {
                hash.AppendData(segment.Span);
            }
        }

        _buffer = _buffer.Slice(count);
        Position += count;
    }

    /// <summary>Gives back to the pipe what was not taken.</summary>
    public void Release()
    {
        if (_isHeld)
        {
            _isHeld = false;
            pipe.AdvanceTo(_buffer.Start);
            _buffer = default;
        }
    }
}
