using IndicatorCore.Errors;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.Reading;

/// <summary>Every input of an engine in the order of arrival, and which contents are counted already.</summary>
internal sealed class InputLedger(DedupPolicy policy)
{
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
    /// <returns>False when all of them are counted already, so that there is nothing to merge.</returns>
    /// <exception cref="StateMismatchException">Some of them are counted already, others not; or some batches of one.</exception>
    public bool Merge(IReadOnlyList<InputTally> others)
    {
        var theirs = others.Where(static input => input.ReplayOf is null && (input.Coverage.Count > 0 || (input.Fingerprint is null && input.Rows > 0))).ToList();
        var shared = theirs.Where(input => Counted(input) is { } mine && mine.Coverage.Overlaps(input.Coverage)).ToList();
        if ((shared.Count > 0 && shared.Count < theirs.Count) || shared.Exists(input => !Counted(input)!.Coverage.Covers(input.Coverage)))
        {
            throw new StateMismatchException(
                $"The states share some inputs but not all: {string.Join(", ", shared.Select(static input => input.Name))}",
                advice: "Merge states of disjoint inputs, or leave out one that is covered already.");
        }

        foreach (var input in others)
        {
            if (input.ReplayOf is not null || Counted(input) is not { } mine)
            {
                var copy = input.Copy();
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
                Replay(input.Copy(), mine);
            }
        }

        return shared.Count == 0;
    }

    private void Enter(InputTally input)
    {
        if (_entered.Add(input))
        {
            _inputs.Add(input);
        }
    }

    private InputTally? Counted(InputTally input) => input.Fingerprint is { } fingerprint ? Find(fingerprint) : null;
}
