namespace IndicatorCore.PostgreSql;

/// <summary>What was found out about publications, which never change, by question; the ones that were asked for least recently are forgotten.</summary>
/// <param name="capacity">How many are kept.</param>
internal sealed class RecentAnswers<T>(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Question, T Answer)>> _nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Question, T Answer)> _order = [];

    public bool TryGet(string question, out T? answer)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(question, out var node))
            {
                _order.Remove(node);
                _order.AddFirst(node);
                answer = node.Value.Answer;
                return true;
            }
        }

        answer = default;
        return false;
    }

    public void Add(string question, T answer)
    {
        lock (_lock)
        {
            if (_nodes.Remove(question, out var known))
            {
                _order.Remove(known);
            }

            _nodes[question] = _order.AddFirst((question, answer));
            if (_nodes.Count > capacity)
            {
                _nodes.Remove(_order.Last!.Value.Question);
                _order.RemoveLast();
            }
        }
    }
}
