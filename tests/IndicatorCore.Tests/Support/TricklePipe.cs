using System.Buffers;
using System.IO.Pipelines;

namespace IndicatorCore.Tests.Support;

/// <summary>A pipe that shows its reader a few bytes more at a time, across segment borders.</summary>
internal sealed class TricklePipe(ReadOnlyMemory<byte> bytes, int step) : PipeReader
{
    private int _consumed;
    private int _shown;
    private int _examined;

    public bool IsCompletedByReader { get; private set; }

    public int Consumed => _consumed;

    public Func<int, Exception?>? Fault { get; init; }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var window = Window();
        _examined = _consumed + (int)window.Slice(0, examined).Length;
        _consumed += (int)window.Slice(0, consumed).Length;
    }

    public override void CancelPendingRead()
    {
    }

    public override void Complete(Exception? exception = null) => IsCompletedByReader = true;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Fault?.Invoke(_consumed) is { } fault)
        {
            throw fault;
        }

        if (_shown <= _examined)
        {
            _shown = Math.Min(bytes.Length, _examined + step);
        }

        return ValueTask.FromResult(new ReadResult(Window(), isCanceled: false, isCompleted: _shown == bytes.Length));
    }

    public override bool TryRead(out ReadResult result) => throw new NotSupportedException();

    private ReadOnlySequence<byte> Window()
    {
        Segment? first = null;
        Segment? last = null;
        for (var at = _consumed; at < _shown; at += step)
        {
            last = new Segment(bytes[at..Math.Min(_shown, at + step)], last);
            first ??= last;
        }

        return first is null ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(first, 0, last!, last!.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
