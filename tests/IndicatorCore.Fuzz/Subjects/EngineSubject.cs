using System.IO.Pipelines;
using IndicatorCore.Errors;
using IndicatorCore.Fuzz.Campaigns;
using IndicatorCore.Fuzz.Guards;
using IndicatorCore.Fuzz.Oracles;
using IndicatorCore.Fuzz.Seeds;
using IndicatorCore.Indicators;

namespace IndicatorCore.Fuzz.Subjects;

/// <summary>Runs the engine over an export in both modes, and holds the reports against each other, the truth, and the export written again.</summary>
internal sealed class EngineSubject : IDisposable
{
    private static readonly IndicatorQuery s_fail = new() { Threads = 1, Window = Window.Year, MemoryBudget = 64 << 20 };
    private static readonly IndicatorQuery s_skip = s_fail with { Threads = 2, OnBad = OnBad.Skip };

    private readonly string _folder = Directory.CreateTempSubdirectory("indicatorcore-fuzz-").FullName;
    private readonly GuardedInput _place = new();
    private readonly ArrowReading _reading = new();
    private readonly Dictionary<Seed, string> _truths = [];

    /// <summary>Judges one export.</summary>
    /// <exception cref="FuzzFailureException">A property does not hold.</exception>
    public Verdict Judge(FuzzInput input)
    {
        var seed = input.Seed!;
        if (!_truths.TryGetValue(seed, out var truth))
        {
            truth = Run(s_fail, seed.Bytes, seed.IsFile).Report!.Manifest.RowDigest;
            _truths.Add(seed, truth);
        }

        var (report, fault) = Run(s_fail, input.Bytes, seed.IsFile);
        var (skipping, skipFault) = Run(s_skip, input.Bytes, seed.IsFile);
        if (skipping is null)
        {
            throw new FuzzFailureException($"A run that skips what is bad was ended by it: {skipFault}");
        }

        var hasSkipped = skipping.Manifest.Inputs.Any(static read => read.Skipped.Count > 0);
        if (fault is not null)
        {
            // rows of an undeclared zone are not skipped but quarantined
            return hasSkipped || skipping.Manifest.Quarantined.Count > 0 ? Verdict.Refused(fault) : throw new FuzzFailureException($"A run that skips has skipped nothing, where the other says: {fault.Message}");
        }

        var digest = report!.Manifest.RowDigest;
        if (hasSkipped || skipping.Manifest.RowDigest != digest)
        {
            throw new FuzzFailureException("An accepted export gives another report when what is bad is skipped");
        }

        var bytes = _place.Place(input.Bytes);
        var content = seed.IsFile ? _reading.File(bytes) : _reading.Stream(bytes);
        var isIdentical = content.IsAccepted && content.Schema == seed.Truth.Schema && content.HasValuesOf(seed.Truth);
        if (isIdentical && digest != truth)
        {
            throw new FuzzFailureException("Equal values give another report");
        }

        if (content.IsAccepted && !isIdentical)
        {
            CheckWrittenAgain(bytes, seed.IsFile, digest, content);
        }

        return Verdict.Accepted(digest == truth);
    }

    public void Dispose()
    {
        _place.Dispose();
        _reading.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void CheckWrittenAgain(ReadOnlyMemory<byte> bytes, bool isFile, string digest, ReadContent content)
    {
        if (Reencoding.Write(bytes, isFile, out var ordinals) is not { } written
            || ordinals.Count < content.Batches.Select(static batch => batch.Columns!.Length).FirstOrDefault())
        {
            return;
        }

        var (again, fault) = Run(s_fail, written, isFile: true);
        if (again?.Manifest.RowDigest != digest)
        {
            throw new FuzzFailureException($"The same values, written again, give another report: {fault?.Message}");
        }
    }

    private (IndicatorReport? Report, IndicatorDataException? Fault) Run(IndicatorQuery query, byte[] bytes, bool isFile)
    {
        using var engine = new IndicatorEngine(query);
        try
        {
            Read(engine, bytes, isFile).GetAwaiter().GetResult();
            return (engine.Finish(), null);
        }
        catch (IndicatorDataException fault)
        {
            return (null, fault.Location.File is null ? throw new FuzzFailureException($"A refusal does not name its input: {fault}") : fault);
        }
    }

    private Task Read(IndicatorEngine engine, byte[] bytes, bool isFile)
    {
        if (!isFile)
        {
            return engine.ReadAsync(PipeReader.Create(Segments.Of(_place.Place(bytes), 512)));
        }

        // one name for all, since names are part of a report
        var path = Path.Combine(_folder, "input.arrow");
        File.WriteAllBytes(path, bytes);
        return engine.ReadAsync(path);
    }
}
