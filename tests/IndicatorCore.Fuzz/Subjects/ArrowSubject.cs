using IndicatorCore.Fuzz.Campaigns;
using IndicatorCore.Fuzz.Guards;
using IndicatorCore.Fuzz.Oracles;
using IndicatorCore.Fuzz.Seeds;
using IndicatorCore.Ipc;

namespace IndicatorCore.Fuzz.Subjects;

/// <summary>Gives an input to both readers, whole and one column of it, and holds what they say against each other and the truth.</summary>
internal sealed class ArrowSubject : IDisposable
{
    private static readonly int[] s_segments = [0, 7, 64, 1000];

    private readonly GuardedInput _place = new();
    private readonly ArrowReading _reading = new();

    /// <summary>Judges one file or stream.</summary>
    /// <exception cref="FuzzFailureException">A property does not hold.</exception>
    public Verdict Judge(FuzzInput input)
    {
        var bytes = _place.Place(input.Bytes);
        var isFile = input.Kind == InputKind.File;
        var segment = s_segments[input.Variant % s_segments.Length];
        var whole = isFile ? _reading.File(bytes) : _reading.Stream(bytes, segment);
        var column = whole.Schema is null ? 0 : input.Variant / 4 % Math.Max(1, Columns(whole));
        var one = isFile ? _reading.File(bytes, column, isGuarded: true) : _reading.Stream(bytes, segment, column, isGuarded: true);
        CheckProjected(whole, one, column);
        if (input.Variant % 8 == 0 && isFile)
        {
            CheckDefaults(bytes, whole);
        }

        if (input.MustBeRefused && whole.IsAccepted)
        {
            throw new FuzzFailureException("An input that is known to be bad was accepted");
        }

        if (input.Seed is { } seed)
        {
            CheckAgainst(seed, input, whole, one, bytes);
        }

        if (whole.Fault is { } fault)
        {
            return Verdict.Refused(fault);
        }

        var isIdentical = input.Seed is { } from && whole.HasValuesOf(from.Truth) && whole.Schema == from.Truth.Schema;
        if (!isIdentical)
        {
            CheckWrittenAgain(bytes, isFile, whole);
        }

        return Verdict.Accepted(isIdentical);
    }

    public void Dispose()
    {
        _reading.Dispose();
        _place.Dispose();
    }

    private static int Columns(ReadContent content) => content.Batches.Select(static batch => batch.Columns?.Length ?? 1).FirstOrDefault(1);

    private static void CheckProjected(ReadContent whole, ReadContent one, int column)
    {
        if (whole.IsAccepted && !one.IsAccepted)
        {
            throw new FuzzFailureException($"Column {column} alone is refused, though the whole is accepted: {one.Fault}");
        }

        if (whole.Schema != one.Schema)
        {
            throw new FuzzFailureException("Two readings of the same bytes give two schemas");
        }

        for (var i = 0; i < Math.Min(whole.Batches.Count, one.Batches.Count); i++)
        {
            if (whole.Batches[i].Columns is { } all && one.Batches[i].Columns is { } some && column < all.Length
                && !all[column].AsSpan().SequenceEqual(some[column]))
            {
                throw new FuzzFailureException($"Column {column} of batch {i} reads differently alone than with the others");
            }
        }

        if (whole.IsAccepted && whole.Batches.Count != one.Batches.Count)
        {
            throw new FuzzFailureException($"One column has {one.Batches.Count} batches, all have {whole.Batches.Count}");
        }
    }

    private void CheckDefaults(ReadOnlyMemory<byte> bytes, ReadContent whole)
    {
        var wide = _reading.File(bytes, options: IpcReaderOptions.Default);
        if (whole.IsAccepted && (!wide.IsAccepted || !wide.HasValuesOf(whole)))
        {
            throw new FuzzFailureException($"Wider limits read other values: {wide.Fault}");
        }
    }

    private void CheckAgainst(Seed seed, FuzzInput input, ReadContent whole, ReadContent one, ReadOnlyMemory<byte> bytes)
    {
        if (input.IsCut)
        {
            CheckCut(seed, whole);
        }

        if (seed.Map is not { } map || input.Bytes.Length != seed.Bytes.Length)
        {
            return;
        }

        var scope = new ChangeScope(map, seed.Truth, seed.Bytes, input.Bytes, seed.IsFile);
        scope.Check(whole);
        scope.Check(one);
        if (seed.IsFile && scope.IsWithinMessages && whole.IsAccepted)
        {
            // the stream inside the file, which the footer only lists
            var inside = _reading.Stream(bytes[8..map.FooterStart]);
            if (inside.IsAccepted && Inside(seed).IsAccepted && Inside(seed).HasValuesOf(seed.Truth) && !inside.HasValuesOf(whole))
            {
                throw new FuzzFailureException("The file and the stream inside it are both accepted and read differently");
            }
        }
    }

    private ReadContent Inside(Seed seed) => seed.Inside ??= _reading.Stream(seed.Bytes.AsMemory()[8..seed.Map!.FooterStart]);

    private static void CheckCut(Seed seed, ReadContent whole)
    {
        if (whole.IsAccepted && seed.IsFile)
        {
            throw new FuzzFailureException("A cut file was accepted");
        }

        if (whole.Batches.Count > seed.Truth.Batches.Count)
        {
            throw new FuzzFailureException("A cut stream has more batches than the whole one");
        }

        for (var i = 0; i < whole.Batches.Count; i++)
        {
            if (!whole.Batches[i].Equals(seed.Truth.Batches[i]))
            {
                throw new FuzzFailureException($"Batch {i} of a cut input differs from the whole one's");
            }
        }
    }

    private void CheckWrittenAgain(ReadOnlyMemory<byte> bytes, bool isFile, ReadContent whole)
    {
        if (Reencoding.Write(bytes, isFile, out var ordinals) is not { } written)
        {
            return;
        }

        var again = _reading.File(written);
        if (!again.IsAccepted)
        {
            throw new FuzzFailureException($"What was accepted cannot be read again once it is written again: {again.Fault}");
        }

        for (var i = 0; i < whole.Batches.Count; i++)
        {
            var (before, after) = (whole.Batches[i].Columns!, again.Batches[i].Columns!);
            for (var column = 0; column < ordinals.Count; column++)
            {
                if (!before[ordinals[column]].AsSpan().SequenceEqual(after[column]))
                {
                    throw new FuzzFailureException($"Column {ordinals[column]} of batch {i} is another one once it is written and read again");
                }
            }
        }
    }
}
