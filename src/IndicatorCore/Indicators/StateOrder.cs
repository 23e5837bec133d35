using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators;

/// <summary>
/// An order in which states merge that may cover the same batches: what holds more comes first, so that what it covers is told as a repeat, and
/// what is covered by several others together waits for them. Without such an order the first that overlaps is refused when it is its turn.
/// </summary>
internal static class StateOrder
{
    /// <summary>Orders states.</summary>
    /// <param name="states">What the states cover; see <see cref="StateFileInfo.ReadInputsAsync"/>.</param>
    /// <returns>Their places in the list.</returns>
    public static IReadOnlyList<int> Of(IReadOnlyList<StateFileInfo> states)
    {
        var open = Enumerable.Range(0, states.Count)
            .OrderByDescending(state => states[state].Inputs.Sum(static input => input.Batches.Sum(static range => range.End - range.First)))
            .ThenBy(static state => state)
            .ToList();
        var covered = new Dictionary<string, BatchRanges>(StringComparer.Ordinal);
        var order = new List<int>();
        while (open.Count > 0)
        {
            var next = open.FindIndex(state => Fits(states[state], covered));
            next = Math.Max(next, 0);
            foreach (var input in states[open[next]].Inputs)
            {
                if (!covered.TryGetValue(IdentityOf(states[open[next]], input), out var known))
                {
                    covered.Add(IdentityOf(states[open[next]], input), known = new BatchRanges());
                }

                known.Add(RangesOf(input));
            }

            order.Add(open[next]);
            open.RemoveAt(next);
        }

        return order;
    }

    // all of it is new, or none
    private static bool Fits(StateFileInfo state, Dictionary<string, BatchRanges> covered)
    {
        var (isNew, isKnown) = (true, true);
        foreach (var input in state.Inputs.Where(static input => input.Batches.Count > 0))
        {
            var known = covered.GetValueOrDefault(IdentityOf(state, input));
            var mine = RangesOf(input);
            isNew &= known is null || !known.Overlaps(mine);
            isKnown &= known is not null && known.Covers(mine);
        }

        return isNew || isKnown;
    }

    private static string IdentityOf(StateFileInfo state, StateFileInput input) =>
        state.Option("dedup") == "none" ? $"{input.Input.Fingerprint}|{input.Input.Name}" : input.Input.Fingerprint ?? input.Input.Name;

    private static BatchRanges RangesOf(StateFileInput input)
    {
        var ranges = new BatchRanges();
        foreach (var (first, end) in input.Batches)
        {
            ranges.Add(first, end);
        }

        return ranges;
    }
}
