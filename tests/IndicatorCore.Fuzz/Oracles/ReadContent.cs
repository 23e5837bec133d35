using IndicatorCore.Errors;

namespace IndicatorCore.Fuzz.Oracles;

/// <summary>All that a reading gave, as bytes that are equal exactly when the values are: one chunk a column of a batch.</summary>
/// <param name="Schema">The schema as text; null when even that was refused.</param>
/// <param name="Batches">The batches that were read, in order; those whose decoding failed are among them, without chunks.</param>
/// <param name="Fault">The first refusal; null when everything was read.</param>
/// <param name="IsWhole">Whether the reading came to the end of the input: only batches, if any, were refused.</param>
internal sealed record ReadContent(string? Schema, IReadOnlyList<BatchContent> Batches, IndicatorDataException? Fault, bool IsWhole)
{
    /// <summary>Whether nothing was refused.</summary>
    public bool IsAccepted => Fault is null;

    /// <summary>Whether batches and values are equal; schemas are not compared.</summary>
    public bool HasValuesOf(ReadContent other)
    {
        if (Batches.Count != other.Batches.Count)
        {
            return false;
        }

        for (var i = 0; i < Batches.Count; i++)
        {
            if (!Batches[i].Equals(other.Batches[i]))
            {
                return false;
            }
        }

        return true;
    }
}
