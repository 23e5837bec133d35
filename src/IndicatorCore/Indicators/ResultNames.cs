using System.Numerics;
using System.Text;

namespace IndicatorCore.Indicators;

/// <summary>The names of statuses, reasons and flags as results carry them: upper snake case.</summary>
public static class ResultNames
{
    private static readonly string[] s_statuses = Names(typeof(ResultStatus));
    private static readonly string[] s_reasons = Names(typeof(ResultReason));
    private static readonly string[] s_flags = Names(typeof(ResultFlags));

    /// <summary>Such as <c>PUBLISHED_WITH_WARNING</c>.</summary>
    public static string Of(ResultStatus status) => s_statuses[(int)status];

    /// <summary>Such as <c>ZERO_DENOMINATOR</c>.</summary>
    public static string Of(ResultReason reason) => s_reasons[(int)reason];

    /// <summary>The names of the flags set, sorted by ordinal.</summary>
    public static IReadOnlyList<string> Of(ResultFlags flags)
    {
        var names = new List<string>();
        for (var bits = (uint)flags; bits != 0; bits &= bits - 1)
        {
            names.Add(s_flags[BitOperations.TrailingZeroCount(bits) + 1]);   // name 0 is None
        }

        return names;
    }

    // by type: the generic one is compiled at run time for each
    private static string[] Names(Type type)
    {
        var names = Enum.GetNames(type);
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = UpperSnake(names[i]);
        }

        return names;
    }

    private static string UpperSnake(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var digitStart = char.IsAsciiDigit(name[i]) && i > 0 && !char.IsAsciiDigit(name[i - 1]);
            if (i > 0 && (char.IsAsciiLetterUpper(name[i]) || digitStart))
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }
}
