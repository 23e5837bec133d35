namespace IndicatorCore.Registry;

/// <summary>The unified social credit code (GB 32100-2015): 17 characters and one that checks them.</summary>
internal static class CreditCode
{
    private const string Characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] s_weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    /// <summary>Whether a code has the length and the characters of one.</summary>
    public static bool HasForm(string code) => code.Length == 18 && code.All(static letter => Characters.Contains(letter, StringComparison.Ordinal));

    /// <summary>The character that the first seventeen of a code of that form call for.</summary>
    public static char CheckCharacter(string code)
    {
        var sum = 0;
        for (var i = 0; i < s_weights.Length; i++)
        {
            sum += Characters.IndexOf(code[i], StringComparison.Ordinal) * s_weights[i];
        }

        return Characters[(31 - (sum % 31)) % 31];
    }
}
