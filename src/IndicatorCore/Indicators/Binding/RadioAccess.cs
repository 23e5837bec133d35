namespace IndicatorCore.Indicators.Binding;

/// <summary>Names of radio access technologies as classes (indicator-definitions 1.4).</summary>
internal static class RadioAccess
{
    /// <summary>Another technology than NR.</summary>
    public const int Other = 0;

    /// <summary>5G New Radio.</summary>
    public const int Nr = 1;

    /// <summary>NR for <c>nr, 5g, nr-sa, nr-nsa</c> in any case, else other.</summary>
    public static int Classify(string name) => name.Trim().ToLowerInvariant() is "nr" or "5g" or "nr-sa" or "nr-nsa" ? Nr : Other;

    /// <summary>A present name of any kind.</summary>
    public static int Present(string name) => name.Trim().Length == 0 ? -1 : 1;
}
