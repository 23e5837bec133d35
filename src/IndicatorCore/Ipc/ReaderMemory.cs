using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>Counts what one reader holds and is about to hold, against its limits; asked before each allocation that the input decides.</summary>
/// <remarks>Dictionaries change under their reader's lock or in its one call; what is held for batches is counted lease by lease.</remarks>
internal sealed class ReaderMemory(IpcReaderOptions options)
{
    /// <summary>Below this no ratio is judged: small batches may be one repeated value.</summary>
    public const long UnjudgedBytes = 16 << 20;

    private long _dictionaries;

    public IpcReaderOptions Options => options;

    /// <summary>Adds to what all dictionaries take; refused above the limits.</summary>
    public void TakeForDictionaries(long bytes)
    {
        var wanted = _dictionaries + bytes;
        if (wanted > options.MaxTotalDictionaryBytes)
        {
            throw ReaderLimit.Exceeded(
                $"All dictionaries together take {wanted} bytes", options.MaxTotalDictionaryBytes, nameof(options.MaxTotalDictionaryBytes));
        }

        CheckReader(wanted);
        _dictionaries = wanted;
    }

    /// <summary>Takes back what a replaced dictionary took.</summary>
    public void GiveBack(long bytes) => _dictionaries -= bytes;

    /// <summary>Notes that a lease is about to hold so many stored bytes; refused above the limits.</summary>
    public void TakeStored(BatchLease lease, long bytes)
    {
        CheckMessage(lease, lease.StoredBytes + bytes, "stored");
        CheckReader(_dictionaries + lease.StoredBytes + bytes);
        lease.StoredBytes += bytes;
    }

    /// <summary>Checks a buffer that is about to be decompressed into a lease.</summary>
    /// <param name="lease">Whose memory it takes.</param>
    /// <param name="bytes">Its declared length.</param>
    /// <param name="isVarying">Whether nothing but the input itself says that the rows need so much.</param>
    public void CheckDecoded(BatchLease lease, long bytes, bool isVarying)
    {
        CheckMessage(lease, lease.Decoded.Taken + bytes, "decompressed");
        CheckReader(_dictionaries + lease.StoredBytes + lease.Decoded.Taken + bytes);
        if (!isVarying)
        {
            return;
        }

        lease.VaryingBytes += bytes;
        if (lease.VaryingBytes > UnjudgedBytes && lease.VaryingBytes / options.MaxDecompressionRatio > lease.StoredBytes)
        {
            throw ReaderLimit.Exceeded(
                $"{lease.StoredBytes} stored bytes declare {lease.VaryingBytes} bytes of values once decompressed, {lease.VaryingBytes / Math.Max(1, lease.StoredBytes)} each",
                options.MaxDecompressionRatio,
                nameof(options.MaxDecompressionRatio));
        }
    }

    private void CheckMessage(BatchLease lease, long bytes, string state)
    {
        if (lease.IsDictionary && bytes > options.MaxDictionaryBytes)
        {
            throw ReaderLimit.Exceeded($"The values of a dictionary take {bytes} bytes {state}", options.MaxDictionaryBytes, nameof(options.MaxDictionaryBytes));
        }

        if (bytes <= options.MaxBatchBytes)
        {
            return;
        }

        var what = $"The needed columns of a batch take {bytes} bytes {state}";
        throw options.IsMemoryBudget
            ? OverBudget(what, options.MaxBatchBytes)
            : ReaderLimit.Exceeded(what, options.MaxBatchBytes, nameof(options.MaxBatchBytes));
    }

    private void CheckReader(long bytes)
    {
        if (bytes <= options.MaxReaderBytes)
        {
            return;
        }

        var what = $"The dictionaries and the batch that is read take {bytes} bytes";
        throw options.IsMemoryBudget
            ? OverBudget(what, options.MaxReaderBytes)
            : ReaderLimit.Exceeded(what, options.MaxReaderBytes, nameof(options.MaxReaderBytes));
    }

    private static LimitExceededException OverBudget(string what, long budget) =>
        new($"{what}, more than the memory budget of {budget}", isMemoryBudget: true, advice: "Give more with --memory, or export smaller batches.");
}
