using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Indicators.UserDefined;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>The masks of a chunk for one plan: of which rows each predicate holds, and where each column is VALID, MISSING and INVALID.</summary>
internal sealed class UserMasks
{
    private readonly UserPlan _plan;
    private readonly int[][] _texts;          // by predicate: the key numbers of its texts
    private readonly RangeMark?[] _ranges;    // by predicate
    private readonly ulong[][] _holds;        // by predicate
    private readonly ulong[][] _valid;        // by column
    private readonly ulong[][] _missing;      // by place in Classes
    private readonly ulong[][] _invalid;
    private readonly bool[] _isFlawed;
    private readonly ulong[] _mask = RowMask.New();

    /// <summary>Makes the masks.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="context">The engine's: its key tables give texts their numbers.</param>
    public UserMasks(UserPlan plan, EngineContext context)
    {
        _plan = plan;
        _texts = [.. plan.Predicates.Select(predicate =>
            predicate.Texts.Select(text => context.Keys.Of(plan.Columns[predicate.Column]).GetOrAdd(text)).ToArray())];
        _ranges = [.. plan.Predicates.Select(static predicate =>
            predicate.Kind == UserPredicateKind.Range ? new RangeMark(predicate.Low, predicate.High) : null)];
        _holds = Masks(plan.Predicates.Length);
        _valid = Masks(plan.Columns.Length);
        _missing = Masks(plan.Classes.Length);
        _invalid = Masks(plan.Classes.Length);
        _isFlawed = new bool[2 * plan.Classes.Length];
    }

    /// <summary>By count of a class, MISSING and INVALID of each column: whether the chunk has such rows.</summary>
    public ReadOnlySpan<bool> IsFlawed => _isFlawed;

    /// <summary>The rows of which a predicate holds.</summary>
    public ReadOnlySpan<ulong> Holds(int predicate, int words) => _holds[predicate].AsSpan(0, words);

    /// <summary>The rows where a column is VALID.</summary>
    public ReadOnlySpan<ulong> Valid(int column, int words) => _valid[column].AsSpan(0, words);

    /// <summary>The rows of a count of a class: even ones are MISSING, odd ones INVALID.</summary>
    public ReadOnlySpan<ulong> Flawed(int count, int words) => (count % 2 == 0 ? _missing[count / 2] : _invalid[count / 2]).AsSpan(0, words);

    /// <summary>Makes the masks of a chunk: columns first, then predicates, each after its operands.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="rows">Its accepted rows.</param>
    public void Examine(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        for (var column = 0; column < _plan.Columns.Length; column++)
        {
            var valid = _valid[column].AsSpan(0, rows.Length);
            var lane = _plan.Lanes[column];
            if (!chunk.Has(lane))
            {
                valid.Clear();
            }
            else if (_plan.Columns[column].Role == UserColumnRole.Key)
            {
                BitmapKernel.NotNegative(chunk.Keys(lane).AsSpan(0, chunk.Length), valid);
            }
            else
            {
                chunk.Valid(lane)[..rows.Length].CopyTo(valid);
            }
        }

        for (var i = 0; i < _plan.Classes.Length; i++)
        {
            Classify(chunk, i, rows);
        }

        for (var i = 0; i < _plan.Predicates.Length; i++)
        {
            Hold(chunk, i, rows);
        }
    }

    private void Classify(RowChunk chunk, int number, ReadOnlySpan<ulong> rows)
    {
        var column = _plan.Classes[number];
        var lane = _plan.Lanes[column];
        var invalid = _invalid[number].AsSpan(0, rows.Length);
        BitmapKernel.AndNot(rows, _valid[column].AsSpan(0, rows.Length), invalid);
        var missing = _missing[number].AsSpan(0, rows.Length);
        missing.Clear();
        (_isFlawed[2 * number], _isFlawed[(2 * number) + 1]) = (false, false);
        if (!RowMask.Any(invalid))
        {
            return;
        }

        if (!chunk.Has(lane) || _plan.Columns[column].Role == UserColumnRole.Key)
        {
            invalid.CopyTo(missing);
            invalid.Clear();
            _isFlawed[2 * number] = true;
            return;
        }

        var mask = _mask.AsSpan(0, rows.Length);
        var classes = chunk.Classes(lane).AsSpan(0, chunk.Length);
        BitmapKernel.Equal(classes, ValueClass.Missing, missing);
        BitmapKernel.Equal(classes, ValueClass.NotANumber, mask);
        BitmapKernel.Or(missing, mask, missing);
        BitmapKernel.And(missing, invalid, missing);
        BitmapKernel.AndNot(invalid, missing, invalid);
        (_isFlawed[2 * number], _isFlawed[(2 * number) + 1]) = (RowMask.Any(missing), RowMask.Any(invalid));
    }

    private void Hold(RowChunk chunk, int number, ReadOnlySpan<ulong> rows)
    {
        var predicate = _plan.Predicates[number];
        var holds = _holds[number].AsSpan(0, rows.Length);
        switch (predicate.Kind)
        {
            case UserPredicateKind.Always or UserPredicateKind.All:
                rows.CopyTo(holds);
                foreach (var operand in predicate.Operands)
                {
                    BitmapKernel.And(holds, _holds[operand].AsSpan(0, rows.Length), holds);
                }

                return;
            case UserPredicateKind.Any:
                holds.Clear();
                foreach (var operand in predicate.Operands)
                {
                    BitmapKernel.Or(holds, _holds[operand].AsSpan(0, rows.Length), holds);
                }

                return;
            case UserPredicateKind.Not:
                BitmapKernel.AndNot(rows, _holds[predicate.Operands[0]].AsSpan(0, rows.Length), holds);
                return;
            default:
                break;
        }

        // of one column: values that are not VALID hold nothing
        BitmapKernel.And(rows, _valid[predicate.Column].AsSpan(0, rows.Length), holds);
        var lane = _plan.Lanes[predicate.Column];
        if (predicate.Kind == UserPredicateKind.Valid || !chunk.Has(lane))
        {
            return;
        }

        var mask = _mask.AsSpan(0, rows.Length);
        if (predicate.Kind == UserPredicateKind.Range)
        {
            _ranges[number]!.Mark(chunk, lane, mask);
            BitmapKernel.And(holds, mask, holds);
            return;
        }

        Span<ulong> any = stackalloc ulong[RowMask.Words];
        any = any[..rows.Length];
        any.Clear();
        if (predicate.Kind == UserPredicateKind.Among)
        {
            foreach (var value in predicate.Values)
            {
                RangeKernel.Mark(chunk.Values(lane).AsSpan(0, chunk.Length), value, value, mask);
                BitmapKernel.Or(any, mask, any);
            }
        }
        else
        {
            foreach (var text in _texts[number])
            {
                RangeKernel.Mark(chunk.Keys(lane).AsSpan(0, chunk.Length), text, text, mask);
                BitmapKernel.Or(any, mask, any);
            }
        }

        BitmapKernel.And(holds, any, holds);
    }

    private static ulong[][] Masks(int count) => [.. Enumerable.Range(0, count).Select(static _ => RowMask.New())];
}
