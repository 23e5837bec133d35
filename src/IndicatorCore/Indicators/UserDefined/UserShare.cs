using System.Globalization;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>A share from 0 to 1, exactly.</summary>
/// <param name="Numerator">Its numerator.</param>
/// <param name="Denominator">Its denominator, above zero.</param>
internal readonly record struct UserShare(long Numerator, long Denominator)
{
    /// <summary>As a decimal.</summary>
    public string Text => ((decimal)Numerator / Denominator).ToString("0.#########", CultureInfo.InvariantCulture);
}
