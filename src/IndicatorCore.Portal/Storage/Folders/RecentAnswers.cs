using System.Diagnostics.CodeAnalysis;

namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>The answers to the latest questions, as many as fit: what was published never changes. All members may be called at the same time.</summary>
/// <typeparam name="T">An answer.</typeparam>
/// <param name="most">How many are kept at most.</param>
/// <param name="weight">How much they may weigh together; the latest is kept whatever it weighs.</param>
internal sealed class RecentAnswers<T>(int most, long weight)
{
    private readonly Dictionary<string, LinkedListNode<(string Question, T Answer, long Weight)>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Question, T Answer, long Weight)> _order = [];
    private readonly Lock _lock = new();
    private long _weight;

    /// <summary>The answer to a question, if it is kept.</summary>
    public bool TryGet(string question, [MaybeNullWhen(false)] out T answer)
    {
        lock (_lock)
        {
            if (!_known.TryGetValue(question, out var node))
            {
                answer = default;
                return false;
            }

            _order.Remove(node);
            _order.AddFirst(node);
            answer = node.Value.Answer;
            return true;
        }
    }

    /// <summary>Keeps an answer; lets go of those that were not asked for the longest.</summary>
    public void Keep(string question, T answer, long of)
    {
        lock (_lock)
        {
            if (_known.ContainsKey(question))
            {
                return;
            }

            _known.Add(question, _order.AddFirst((question, answer, of)));
            _weight += of;
            while (_order.Count > most || (_weight > weight && _order.Count > 1))
            {
                var last = _order.Last!;
                _weight -= last.Value.Weight;
                _known.Remove(last.Value.Question);
                _order.RemoveLast();
            }
        }
    }
}
