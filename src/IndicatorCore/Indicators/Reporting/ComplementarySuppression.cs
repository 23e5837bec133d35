using System.Globalization;
using System.Numerics;

namespace IndicatorCore.Indicators.Reporting;

/// <summary>
/// Suppresses further groups until no suppressed one can be told from those shown: a suppressed group must not be a sum or difference of
/// shown ones, whatever their levels and however they overlap (indicator-definitions 10.1, decisions D19).
/// </summary>
/// <remarks>
/// A group is the vector of its places' weights, and can be told if that vector is a linear combination of shown ones. Additive figures
/// obey the same combination. Vectors are reckoned modulo the prime 2^61 − 1: a combination over the rationals is one modulo it, so that none is
/// missed; the reverse may fail only by an accident of the prime, and then suppresses one group too many, the same one each time.
/// </remarks>
internal static class ComplementarySuppression
{
    private const ulong Prime = (1UL << 61) - 1;

    /// <summary>Suppresses what must be besides the groups that are already.</summary>
    /// <param name="groups">All groups of one figure and window, of all levels that disclosure applies to.</param>
    /// <returns>How many were suppressed besides.</returns>
    public static int Apply(IEnumerable<DisclosedGroup> groups)
    {
        DisclosedGroup[] ordered = [.. groups.OrderBy(static group => group.Level).ThenBy(static group => group.Name, StringComparer.Ordinal)];
        DisclosedGroup[] secret = [.. ordered.Where(static group => group.IsSuppressed && group.Places.Count > 0)];
        if (secret.Length == 0 || Array.TrueForAll(ordered, static group => group.IsSuppressed))
        {
            return 0;
        }

        // large groups first, so that a combination is found among totals and their large members
        var vectors = Vectors(ordered);
        var shown = Enumerable.Range(0, ordered.Length).Where(i => !ordered[i].IsSuppressed && ordered[i].Places.Count > 0)
            .OrderByDescending(i => ordered[i].Total).ThenBy(static i => i).ToList();
        var count = 0;
        foreach (var group in secret)
        {
            while (Combination(vectors, shown, vectors[Array.IndexOf(ordered, group)]) is { } used)
            {
                // the smallest that the combination needs; of equals the last, which is of the finest level
                var least = used.MinBy(i => (ordered[i].Total, -i));
                ordered[least].IsSuppressed = true;
                shown.Remove(least);
                count++;
            }
        }

        return count;
    }

    // places that occur in the same groups in the same proportion say the same: one of them is kept
    private static ulong[][] Vectors(DisclosedGroup[] groups)
    {
        var columns = new SortedDictionary<string, List<(int Group, ulong Weight)>>(StringComparer.Ordinal);
        for (var i = 0; i < groups.Length; i++)
        {
            foreach (var (place, weight) in groups[i].Places)
            {
                if (!columns.TryGetValue(place, out var column))
                {
                    columns.Add(place, column = []);
                }

                column.Add((i, (ulong)(weight % Prime)));
            }
        }

        var kept = new Dictionary<string, List<(int Group, ulong Weight)>>(StringComparer.Ordinal);
        foreach (var column in columns.Values)
        {
            var scale = Inverse(column[0].Weight);
            var scaled = column.ConvertAll(entry => (entry.Group, Weight: Multiply(entry.Weight, scale)));
            kept.TryAdd(string.Join(' ', scaled.Select(static entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Group}:{entry.Weight}"))), scaled);
        }

        var vectors = Array.ConvertAll(groups, _ => new ulong[kept.Count]);
        var at = 0;
        foreach (var column in kept.Values)
        {
            foreach (var (group, weight) in column)
            {
                vectors[group][at] = weight;
            }

            at++;
        }

        return vectors;
    }

    /// <summary>The shown vectors whose combination is the target, or null when there is none.</summary>
    private static List<int>? Combination(ulong[][] vectors, List<int> shown, ulong[] target)
    {
        // rows in echelon form, each with the combination of shown vectors that it is
        var rows = new List<(int Pivot, ulong[] Vector, ulong[] From)>();
        foreach (var (vector, i) in shown.Select(static (vector, i) => (vector, i)))
        {
            var from = new ulong[shown.Count];
            from[i] = 1;
            var reduced = Reduce(rows, (ulong[])vectors[vector].Clone(), from);
            var pivot = Array.FindIndex(reduced, static value => value != 0);
            if (pivot >= 0)
            {
                var scale = Inverse(reduced[pivot]);
                Scale(reduced, scale);
                Scale(from, scale);
                rows.Add((pivot, reduced, from));
            }
        }

        var used = new ulong[shown.Count];
        var rest = Reduce(rows, (ulong[])target.Clone(), used);
        return Array.TrueForAll(rest, static value => value == 0) ? [.. shown.Where((_, i) => used[i] != 0)] : null;
    }

    private static ulong[] Reduce(List<(int Pivot, ulong[] Vector, ulong[] From)> rows, ulong[] vector, ulong[] from)
    {
        foreach (var (pivot, row, origin) in rows)
        {
            if (vector[pivot] != 0)
            {
                var factor = Prime - vector[pivot];
                AddScaled(vector, row, factor);
                AddScaled(from, origin, factor);
            }
        }

        return vector;
    }

    private static void AddScaled(ulong[] target, ulong[] source, ulong factor)
    {
        for (var i = 0; i < target.Length; i++)
        {
            if (source[i] != 0)
            {
                target[i] = (target[i] + Multiply(source[i], factor)) % Prime;
            }
        }
    }

    private static void Scale(ulong[] vector, ulong factor)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] = Multiply(vector[i], factor);
        }
    }

    private static ulong Multiply(ulong left, ulong right) => (ulong)((UInt128)left * right % Prime);

    // by Fermat: a^(p-2)
    private static ulong Inverse(ulong value) => (ulong)BigInteger.ModPow(value, Prime - 2, Prime);
}
