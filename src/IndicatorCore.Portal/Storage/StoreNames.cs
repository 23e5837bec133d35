namespace IndicatorCore.Portal.Storage;

/// <summary>What datasets, documents and logs may be called: nothing that a file system or a database could take for something else.</summary>
public static class StoreNames
{
    private const int Longest = 64;

    /// <summary>Whether a text names a dataset: 1 to 64 of a to z, 0 to 9, <c>-</c> and <c>_</c>.</summary>
    public static bool IsDataset(string? name) => Is(name, underscore: true);

    /// <summary>Whether a text names a document or a log: 1 to 64 of a to z, 0 to 9 and <c>-</c>.</summary>
    public static bool IsDocument(string? name) => Is(name, underscore: false);

    /// <summary>Refuses what names no document or log.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckDocument(string name)
    {
        if (!IsDocument(name))
        {
            throw new ArgumentException($"'{name}' names no document or log: 1 to 64 of a to z, 0 to 9 and -.", nameof(name));
        }
    }

    private static bool Is(string? name, bool underscore)
    {
        if (name is not { Length: > 0 and <= Longest })
        {
            return false;
        }

        foreach (var character in name)
        {
            if (character is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-') && !(underscore && character == '_'))
            {
                return false;
            }
        }

        return true;
    }
}
