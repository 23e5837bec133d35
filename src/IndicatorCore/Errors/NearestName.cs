namespace IndicatorCore.Errors;

/// <summary>Finds the names that a user may have meant, for the advice of an error.</summary>
internal static class NearestName
{
    private const int MaxLength = 64;
    private const int MaxShown = 50;

    /// <summary>The known names nearest to <paramref name="name"/>, best first, at most three; empty when none is near.</summary>
    public static IReadOnlyList<string> Among(string name, IEnumerable<string> known)
    {
        var folded = Fold(name);
        return
        [
            .. known.Distinct(StringComparer.Ordinal)
                .Select(candidate => (Name: candidate, Distance: Distance(folded, Fold(candidate))))
                .Where(pair => pair.Distance <= Math.Max(1, Math.Min(folded.Length, pair.Name.Length) / 3))
                .OrderBy(static pair => pair.Distance)
                .ThenBy(static pair => pair.Name, StringComparer.Ordinal)
                .Take(3)
                .Select(static pair => pair.Name),
        ];
    }

    /// <summary>Advice that names the nearest known names, or all of them when none is near.</summary>
    public static string Advice(string name, IReadOnlyCollection<string> known)
    {
        var near = Among(name, known);
        return near.Count > 0
            ? $"Did you mean {string.Join(" or ", near)}?"
            : $"Known here: {List(known)}.";
    }

    /// <summary>Names with commas between them; of many, and of long ones, only the beginning.</summary>
    public static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(MaxShown).Select(static name => name.Length <= MaxLength ? name : $"{name.AsSpan(0, MaxLength)}..."))
        + (names.Count > MaxShown ? $" and {names.Count - MaxShown} more" : string.Empty);

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.</summary>
    public static int Distance(string left, string right)
    {
        if (left.Length > MaxLength || right.Length > MaxLength)
        {
            return left == right ? 0 : int.MaxValue;
        }

        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            table[i, 0] = i;
        }

        for (var j = 0; j <= right.Length; j++)
        {
            table[0, j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                var best = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    best = Math.Min(best, table[i - 2, j - 2] + 1);
                }

                table[i, j] = best;
            }
        }

        return table[left.Length, right.Length];
    }

    private static string Fold(string name) =>
        string.Concat(name.Where(static c => !char.IsWhiteSpace(c) && c is not ('_' or '-'))).ToLowerInvariant();
}
