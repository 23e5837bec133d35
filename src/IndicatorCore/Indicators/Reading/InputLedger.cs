using IndicatorCore.Errors;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.Reading;

/// <summary>Every input of an engine in the order of arrival, and which contents are counted already.</summary>
internal sealed class InputLedger(DedupPolicy policy)
{
    private const int MostNames = 20;

    private readonly List<InputTally> _inputs = [];
    private readonly HashSet<InputTally> _entered = [];
    private readonly Dictionary<string, InputTally> _counted = [];
    private readonly Dictionary<string, InputTally> _restored = new(StringComparer.Ordinal);

    /// <summary>The inputs.</summary>
    public IReadOnlyList<InputTally> Inputs => _inputs;

    /// <summary>The input whose content has this fingerprint and is counted, or null; always null where everything counts.</summary>
    public InputTally? Find(string fingerprint) => policy == DedupPolicy.None ? null : _counted.GetValueOrDefault(fingerprint);

    /// <summary>
    /// What makes an input of a kept state the same as one at hand: its content; for a stream in a file, which is fingerprinted only at its end,
    /// its path, size and time of change; and where everything counts, its path besides.
    /// </summary>
    public string IdentityOf(InputTally input) => input.Modified != 0 ? $"{input.Name}|{input.Bytes}|{input.Modified}"
        : policy == DedupPolicy.None ? $"{input.Fingerprint}|{input.Name}"
        : input.Fingerprint ?? string.Empty;

    /// <summary>Enters an input of a kept state, which waits for its file to come by.</summary>
    public void Restore(InputTally input)
    {
        Count(input);
        _restored.Add(IdentityOf(input), input);
    }

    /// <summary>The kept input that this one is, or null; it is given once, and further files of the same content are replays.</summary>
    public InputTally? Claim(InputTally input) => _restored.Remove(IdentityOf(input), out var kept) ? kept : null;

    /// <summary>Enters an input that counts.</summary>
    public void Count(InputTally input)
    {
        Enter(input);

        if (input.Fingerprint is { } fingerprint)
        {
            _counted.TryAdd(fingerprint, input);
        }
    }

    /// <summary>Enters an input whose content is counted already.</summary>
    public void Replay(InputTally input, InputTally first)
    {
        input.Replay(first);
        Enter(input);
    }

    /// <summary>Enters an input of which nothing counts.</summary>
    public void Skip(InputTally input, Exception fault)
    {
        if (input.Fingerprint is { } fingerprint && ReferenceEquals(_counted.GetValueOrDefault(fingerprint), input))
        {
            _counted.Remove(fingerprint);   // an equal input that can be read is no replay
        }

        input.Skip(fault);
        Enter(input);
    }

    /// <summary>Takes over inputs of another state: disjoint batches of one input add up (decisions D5).</summary>
    /// <param name="others">The inputs.</param>
    /// <param name="isKept">Whether they come from a state file: then what is covered is told even where everything counts, and names need not lead anywhere.</param>
    /// <returns>False when all of them are counted already, so that there is nothing to merge.</returns>
    /// <exception cref="StateMismatchException">Some of them are counted already, others not; or some batches of one.</exception>
    public bool Merge(IReadOnlyList<InputTally> others, bool isKept = false)
    {
        var known = isKept && policy == DedupPolicy.None ? ByIdentity() : null;
        InputTally? Counted(InputTally input) => known is not null ? known.GetValueOrDefault(IdentityOf(input))
            : input.Fingerprint is { } fingerprint ? Find(fingerprint) : null;

        var theirs = others.Where(static input => input.ReplayOf is null && (input.Coverage.Count > 0 || (input.Fingerprint is null && input.Rows > 0))).ToList();
        var shared = theirs.Where(input => Counted(input) is { } mine && mine.Coverage.Overlaps(input.Coverage)).ToList();
        if ((shared.Count > 0 && shared.Count < theirs.Count) || shared.Exists(input => !Counted(input)!.Coverage.Covers(input.Coverage)))
        {
            throw new StateMismatchException(
                $"The states share some inputs but not all: {Names(shared)}",
                advice: "Merge states of disjoint inputs, or leave out one that is covered already.");
        }

        foreach (var input in others)
        {
            if (input.ReplayOf is not null || Counted(input) is not { } mine)
            {
                if (isKept && IsSkippedAlready(input))
                {
                    continue;
                }

                var copy = input.Copy(isKept);
                Enter(copy);
                if (copy.ReplayOf is null && copy.Fingerprint is { } fingerprint)
                {
                    _counted.TryAdd(fingerprint, copy);
                }
            }
            else if (shared.Count == 0)
            {
                mine.MergeFrom(input);
            }
            else
            {
                Replay(input.Copy(isKept), mine);
            }
        }

        return shared.Count == 0;
    }

    private static string Names(IReadOnlyList<InputTally> inputs) =>
        string.Join(", ", inputs.Take(MostNames).Select(static input => input.Name)) + (inputs.Count > MostNames ? $" and {inputs.Count - MostNames:N0} more" : string.Empty);

    // an input of which nothing counts has no coverage to tell a repeat by
    private bool IsSkippedAlready(InputTally input) => input is { Fingerprint: null, Coverage.Count: 0, Rows: 0, Skipped.Count: > 0 }
        && _inputs.Exists(mine => mine is { Fingerprint: null, Coverage.Count: 0 } && mine.Name == input.Name && mine.Bytes == input.Bytes
            && mine.Skipped.SequenceEqual(input.Skipped));

    private Dictionary<string, InputTally> ByIdentity()
    {
        var known = new Dictionary<string, InputTally>(StringComparer.Ordinal);
        foreach (var input in _inputs.Where(static input => input is { ReplayOf: null, Fingerprint: not null }))
        {
            known.TryAdd(IdentityOf(input), input);
        }

        return known;
    }

    private void Enter(InputTally input)
    {
        if (_entered.Add(input))
        {
            _inputs.Add(input);
        }
    }
}
