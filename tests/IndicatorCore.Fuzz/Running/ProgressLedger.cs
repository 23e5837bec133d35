using System.IO.MemoryMappedFiles;
using IndicatorCore.Errors;
using IndicatorCore.Fuzz.Subjects;

namespace IndicatorCore.Fuzz.Running;

/// <summary>What a worker has done, in a memory-mapped file: it outlives a worker that is killed, and says at which input that happened.</summary>
internal sealed class ProgressLedger : IDisposable
{
    /// <summary>No input is being tried.</summary>
    public const long Idle = -1;

    private const int Fields = 64;
    private const int FaultField = 16;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Opens a ledger, or makes an empty one.</summary>
    public ProgressLedger(string path)
    {
        var isNew = !File.Exists(path);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, mapName: null, Fields * sizeof(long));
        _view = _file.CreateViewAccessor();
        if (isNew)
        {
            Current = Idle;
        }
    }

    /// <summary>The index of the input that is being tried, or <see cref="Idle"/>.</summary>
    public long Current { get => this[0]; set => this[0] = value; }

    /// <summary>Inputs tried to their end.</summary>
    public long Inputs => this[1];

    /// <summary>Accepted and equal to the truth.</summary>
    public long Identical => this[2];

    /// <summary>Accepted as another valid input.</summary>
    public long Different => this[3];

    /// <summary>Inputs at which a property did not hold.</summary>
    public long Failures { get => this[4]; set => this[4] = value; }

    /// <summary>The longest time of an input in microseconds.</summary>
    public long LongestMicroseconds => this[5];

    /// <summary>Which input took it.</summary>
    public long LongestIndex => this[6];

    /// <summary>The most bytes that an input allocated.</summary>
    public long MostBytes => this[7];

    /// <summary>Which input did.</summary>
    public long MostBytesIndex => this[8];

    private long this[int field]
    {
        get => _view.ReadInt64(field * sizeof(long));
        set => _view.Write(field * sizeof(long), value);
    }

    /// <summary>Refusals of a kind.</summary>
    public long Refused(DataFault kind) => this[FaultField + (int)kind];

    /// <summary>Counts an input whose properties held.</summary>
    public void Count(Verdict verdict)
    {
        this[1]++;
        if (verdict.Fault is { } kind)
        {
            this[FaultField + (int)kind]++;
        }
        else
        {
            this[verdict.IsIdentical ? 2 : 3]++;
        }
    }

    /// <summary>Counts an input at which a property did not hold.</summary>
    public void CountFailure()
    {
        this[1]++;
        this[4]++;
    }

    /// <summary>Notes what an input took.</summary>
    public void Measure(long index, long microseconds, long bytes)
    {
        if (microseconds > LongestMicroseconds)
        {
            (this[5], this[6]) = (microseconds, index);
        }

        if (bytes > MostBytes)
        {
            (this[7], this[8]) = (bytes, index);
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
