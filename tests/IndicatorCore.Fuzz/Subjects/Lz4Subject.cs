using System.Runtime.InteropServices;
using IndicatorCore.Compression;
using IndicatorCore.Errors;
using IndicatorCore.Fuzz.Campaigns;
using IndicatorCore.Fuzz.Guards;
using IndicatorCore.Fuzz.Oracles;

namespace IndicatorCore.Fuzz.Subjects;

/// <summary>Decodes LZ4 between guard pages over two backgrounds, and holds the outcome against the plain decoders.</summary>
internal sealed class Lz4Subject : IDisposable
{
    private readonly GuardedInput _place = new();
    private readonly GuardedPieces _room = new();

    /// <summary>Judges one block or frame.</summary>
    /// <exception cref="FuzzFailureException">A property does not hold.</exception>
    public Verdict Judge(FuzzInput input)
    {
        var bytes = _place.Place(input.Bytes).Span;
        return input.Kind == InputKind.Lz4Block ? Block(bytes, input) : Frame(bytes, input.Room);
    }

    public void Dispose()
    {
        _place.Dispose();
        _room.Dispose();
    }

    private Verdict Block(ReadOnlySpan<byte> block, FuzzInput input)
    {
        var total = input.History + input.Room;
        var isLinked = input.Variant % 2 == 0;
        var start = isLinked ? 0 : input.History;
        var truth = new List<byte>(total);
        for (var i = 0; i < input.History; i++)
        {
            truth.Add((byte)(i * 37));
        }

        var history = truth.ToArray();
        var isGood = PlainLz4Block.TryDecode(block, truth, start, total);
        Lz4BlockFault? before = null;
        foreach (var background in (byte[])[0x00, 0xFF])
        {
            _room.Reset();
            var output = total == 0 ? default : _room.Take(total).Span;
            output.Fill(background);
            history.CopyTo(output);
            var fault = Lz4Block.Decode(block, output, input.History, start, out var written, out var faultAt);
            if ((fault == Lz4BlockFault.None) != isGood)
            {
                throw new FuzzFailureException($"The block decoder says {fault}, the plain one {(isGood ? "good" : "bad")}");
            }

            if (faultAt > block.Length || written > input.Room || (before is { } first && first != fault))
            {
                throw new FuzzFailureException($"The block decoder says {fault} at {faultAt} behind {written} bytes, and {before} over another background");
            }

            var good = CollectionsMarshal.AsSpan(truth);
            if (isGood ? !output[..(input.History + written)].SequenceEqual(good) : !output[..input.History].SequenceEqual(history))
            {
                throw new FuzzFailureException("The block decodes to other bytes than the plain decoder gives");
            }

            before = fault;
        }

        return isGood ? Verdict.Accepted(isIdentical: true) : new Verdict(DataFault.Malformed, false);
    }

    private Verdict Frame(ReadOnlySpan<byte> frame, int room)
    {
        var truth = PlainLz4Frame.Decode(frame, room);
        _room.Reset();
        var output = room == 0 ? default : _room.Take(room).Span;
        try
        {
            Lz4Frame.Decode(frame, output);
        }
        catch (IndicatorDataException fault)
        {
            return truth is null
                ? Verdict.Refused(fault)
                : throw new FuzzFailureException($"A frame that the plain decoder reads was refused: {fault.Message}");
        }

        if (truth is null || !output.SequenceEqual(truth))
        {
            throw new FuzzFailureException(truth is null ? "A frame that the plain decoder refuses was accepted" : "A frame decodes to other bytes than plainly");
        }

        if (!Lz4Frame.DecodeToArray(frame, room).AsSpan().SequenceEqual(truth))
        {
            throw new FuzzFailureException("The two frame decoders differ");
        }

        return Verdict.Accepted(isIdentical: true);
    }
}
