using System.Diagnostics.CodeAnalysis;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Access;

/// <summary>What a caller may do, and where.</summary>
/// <param name="Scope">The part of the tree of places.</param>
/// <param name="Kind">What may be done there.</param>
public readonly record struct Grant(PlaceScope Scope, GrantKind Kind)
{
    /// <summary>Reads a grant from the text of <see cref="ToString"/>, or with a colon in place of the blank: <c>read:city:大连</c>, <c>upload:all</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="grant">The grant.</param>
    /// <returns>Whether the text is a grant.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Grant grant)
    {
        grant = default;
        if (text is null || text.IndexOfAny([' ', ':']) is not (> 0 and var end))
        {
            return false;
        }

        GrantKind? kind = text[..end] switch
        {
            "read" => GrantKind.Read,
            "upload" => GrantKind.Upload,
            _ => null,
        };
        if (kind is not { } known || !TryParseScope(text[(end + 1)..], out var scope))
        {
            return false;
        }

        grant = new Grant(scope, known);
        return true;
    }

    /// <summary>Reads a scope: <c>all</c>, <c>province:辽宁</c>, <c>city:大连</c> or <c>factory:F001</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scope">The scope.</param>
    /// <returns>Whether the text is a scope.</returns>
    public static bool TryParseScope([NotNullWhen(true)] string? text, out PlaceScope scope)
    {
        scope = PlaceScope.All;
        if (text == "all")
        {
            return true;
        }

        if (text is null || text.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon) || colon == text.Length - 1)
        {
            return false;
        }

        PlaceKind? kind = text[..colon] switch
        {
            "province" => PlaceKind.Province,
            "city" => PlaceKind.City,
            "factory" => PlaceKind.Factory,
            _ => null,
        };
        if (kind is not { } known)
        {
            return false;
        }

        scope = new PlaceScope(known, text[(colon + 1)..]);
        return true;
    }

    /// <summary>A scope as text: <c>all</c> or <c>city:大连</c>.</summary>
    public static string TextOf(PlaceScope scope) => scope.Kind switch
    {
        PlaceKind.Province => $"province:{scope.Value}",
        PlaceKind.City => $"city:{scope.Value}",
        PlaceKind.Factory => $"factory:{scope.Value}",
        _ => "all",
    };

    /// <summary>The kind as text: <c>read</c> or <c>upload</c>.</summary>
    public static string TextOf(GrantKind kind) => kind == GrantKind.Upload ? "upload" : "read";

    /// <summary>The grant as text: <c>read city:大连</c>.</summary>
    public override string ToString() => $"{TextOf(Kind)} {TextOf(Scope)}";
}
