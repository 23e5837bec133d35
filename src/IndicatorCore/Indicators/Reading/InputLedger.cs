using IndicatorCore.Errors;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.Reading;

/// <summary>Every input of an engine in the order of arrival, and which contents are counted already.</summary>
internal sealed class InputLedger(DedupPolicy policy)
{
    private readonly List<InputTally> _inputs = [];
    private readonly Dictionary<string, InputTally> _counted = [];

    /// <summary>The inputs.</summary>
    public IReadOnlyList<InputTally> Inputs => _inputs;

    /// <summary>The input whose content has this fingerprint and is counted, or null; always null where everything counts.</summary>
    public InputTally? Find(string fingerprint) => policy == DedupPolicy.None ? null : _counted.GetValueOrDefault(fingerprint);

    /// <summary>Enters an input that counts.</summary>
    public void Count(InputTally input)
    {
        if (!_inputs.Contains(input))
        {
            _inputs.Add(input);
        }

        if (input.Fingerprint is { } fingerprint)
        {
            _counted.TryAdd(fingerprint, input);
        }
    }

    /// <summary>Enters an input whose content is counted already.</summary>
    public void Replay(InputTally input, InputTally first)
    {
        input.Replay(first);
        _inputs.Add(input);
    }

    /// <summary>Enters an input of which nothing counts.</summary>
    public void Skip(InputTally input, Exception fault)
    {
        if (input.Fingerprint is { } fingerprint && ReferenceEquals(_counted.GetValueOrDefault(fingerprint), input))
        {
            _counted.Remove(fingerprint);   // an equal input that can be read is no replay
        }

        input.Skip(fault);
        if (!_inputs.Contains(input))
        {
            _inputs.Add(input);
        }
    }

    /// <summary>Takes over another ledger's inputs.</summary>
    /// <returns>False when all of them are counted already, so that there is nothing to merge.</returns>
    /// <exception cref="StateMismatchException">Some of them are counted already, others not.</exception>
    public bool Merge(InputLedger other)
    {
        var theirs = other._inputs.Where(static input => input.ReplayOf is null && input.Rows > 0).ToList();
        var shared = theirs.Where(input => input.Fingerprint is { } fingerprint && Find(fingerprint) is not null).ToList();
        if (shared.Count > 0 && shared.Count < theirs.Count)
        {
            throw new StateMismatchException(
                $"The states share some inputs but not all: {string.Join(", ", shared.Select(static input => input.Name))}",
                advice: "Merge states of disjoint inputs, or leave out one that is covered already.");
        }

        foreach (var input in other._inputs)
        {
            var copy = input.Copy();
            if (input.ReplayOf is null && input.Fingerprint is { } fingerprint && Find(fingerprint) is { } first)
            {
                Replay(copy, first);
            }
            else if (input.ReplayOf is null)
            {
                Count(copy);
            }
            else
            {
                _inputs.Add(copy);
            }
        }

        return shared.Count == 0;
    }
}
