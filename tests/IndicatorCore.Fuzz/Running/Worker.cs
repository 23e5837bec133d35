using System.Diagnostics;
using IndicatorCore.Fuzz.Campaigns;
using IndicatorCore.Fuzz.Oracles;
using IndicatorCore.Fuzz.Subjects;

namespace IndicatorCore.Fuzz.Running;

/// <summary>Tries the inputs of a slice one by one in this process and holds each to the bounds of time and memory.</summary>
internal sealed class Worker(Campaign campaign, Slice slice, ProgressLedger ledger, string dumps, TextWriter output)
{
    /// <summary>The longest that one input may take.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(5);

    /// <summary>The most bytes that an input of <paramref name="length"/> bytes may make all readings of it allocate.</summary>
    public static long MostBytes(long length) => (64L << 20) + (1024 * length);

    /// <summary>Tries all inputs of the slice.</summary>
    public void Run()
    {
        using var watchdog = new Watchdog(Longest, index => Fail(index, $"it takes more than {Longest.TotalSeconds} s"));
        using var subjects = new SubjectSet();
        for (var index = slice.First; index < slice.Wanted; index += slice.Stride)
        {
            ledger.Current = index;
            var input = campaign.Choose(index, slice.Wanted, slice.Seed);
            watchdog.Begin(index);
            var problem = Try(subjects, input, index);
            watchdog.End();
            if (problem is not null)
            {
                Fail(index, problem);
            }
        }

        ledger.Current = ProgressLedger.Idle;
    }

    /// <summary>Judges an input; gives what is wrong, or null.</summary>
    public static string? Judge(SubjectSet subjects, FuzzInput input, out Verdict verdict)
    {
        verdict = default;
        try
        {
            verdict = subjects.Judge(input);
            return null;
        }
        catch (FuzzFailureException failure)
        {
            return failure.Message;
        }
        catch (Exception other)
        {
            return $"another exception than IndicatorDataException escapes: {other}";
        }
    }

    private string? Try(SubjectSet subjects, FuzzInput input, long index)
    {
        // the engine reads on threads of its own; this process does nothing else
        var allocated = GC.GetTotalAllocatedBytes();
        var start = Stopwatch.GetTimestamp();
        var problem = Judge(subjects, input, out var verdict);
        var time = Stopwatch.GetElapsedTime(start);
        var bytes = GC.GetTotalAllocatedBytes() - allocated;
        if (index != slice.First)
        {
            // the first input pays for the truth and the compiler
            ledger.Measure(index, (long)time.TotalMicroseconds, bytes);
        }

        problem ??= bytes > MostBytes(input.Bytes.Length) ? $"it allocates {bytes:N0} bytes, more than 64 MiB + 1024 x {input.Bytes.Length}" : null;
        if (problem is null)
        {
            ledger.Count(verdict);
        }

        return problem;
    }

    private void Fail(long index, string problem)
    {
        var input = campaign.Choose(index, slice.Wanted, slice.Seed);
        var path = FailureDump.Write(dumps, slice, index, input.Bytes);
        output.WriteLine($"FAILED {slice.Campaign}, seed {slice.Seed}, input {index} of {slice.Wanted} ({input.What}): {problem}");
        output.WriteLine($"  replay with --replay {path}");
        output.Flush();
        ledger.CountFailure();
    }
}
