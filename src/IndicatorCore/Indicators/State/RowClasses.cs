using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// The class of rows that need several measures at once: the first of MISSING, INVALID, VALID (indicator-definitions 1.4); a column that is
/// not there is missing in every row.
/// </summary>
internal sealed class RowClasses
{
    private readonly ulong[] _valid = RowMask.New();
    private readonly ulong[] _missing = RowMask.New();
    private readonly ulong[] _invalid = RowMask.New();
    private readonly ulong[] _laneValid = RowMask.New();
    private readonly ulong[] _laneMissing = RowMask.New();
    private readonly ulong[] _notANumber = RowMask.New();
    private int _words;

    /// <summary>Rows with every measure valid.</summary>
    public Span<ulong> Valid => _valid.AsSpan(0, _words);

    /// <summary>Rows with a missing measure; only after <see cref="End"/>.</summary>
    public Span<ulong> Missing => _missing.AsSpan(0, _words);

    /// <summary>Rows with none missing and an invalid one; only after <see cref="End"/>.</summary>
    public Span<ulong> Invalid => _invalid.AsSpan(0, _words);

    /// <summary>Begins with the rows that are asked about.</summary>
    public void Begin(ReadOnlySpan<ulong> rows)
    {
        _words = rows.Length;
        rows.CopyTo(Valid);
        Missing.Clear();
    }

    /// <summary>Asks for a measure.</summary>
    /// <param name="chunk">The rows.</param>
    /// <param name="lane">The measure.</param>
    /// <param name="exempt">Rows that do without it.</param>
    public void Need(RowChunk chunk, Lane lane, ReadOnlySpan<ulong> exempt = default)
    {
        var valid = _laneValid.AsSpan(0, _words);
        var missing = _laneMissing.AsSpan(0, _words);
        if (!chunk.Has(lane))
        {
            valid.Clear();
            BitmapKernel.Fill(missing, chunk.Length);
        }
        else if (chunk.IsAllValid(lane))
        {
            return;
        }
        else
        {
            chunk.Valid(lane)[.._words].CopyTo(valid);
            var classes = chunk.Classes(lane).AsSpan(0, chunk.Length);
            BitmapKernel.Equal(classes, ValueClass.Missing, missing);
            BitmapKernel.Equal(classes, ValueClass.NotANumber, _notANumber);
            BitmapKernel.Or(missing, _notANumber.AsSpan(0, _words), missing);
        }

        if (!exempt.IsEmpty)
        {
            BitmapKernel.Or(valid, exempt, valid);
            BitmapKernel.AndNot(missing, exempt, missing);
        }

        BitmapKernel.And(Valid, valid, Valid);
        BitmapKernel.Or(Missing, missing, Missing);
    }

    /// <summary>Settles the classes.</summary>
    /// <param name="rows">The rows that were begun with.</param>
    public void End(ReadOnlySpan<ulong> rows)
    {
        BitmapKernel.And(rows, Missing, Missing);
        BitmapKernel.AndNot(rows, Valid, Invalid);
        BitmapKernel.AndNot(Invalid, Missing, Invalid);
    }

    /// <summary>A valid row that turns out not to be.</summary>
    public void Refuse(int row)
    {
        _valid[row >> 6] &= ~(1UL << (row & 63));
        RowMask.Set(Invalid, row);
    }
}
