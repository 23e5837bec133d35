using System.Globalization;
using System.Numerics;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>Reads the key <c>measures</c> of definition files: how columns become fixed point.</summary>
internal static class UserMeasureReader
{
    private const int MaxPlaces = 12;
    private const int MaxSentinels = 1_000;

    private static readonly string[] s_keys = ["scale", "range", "sentinels"];

    /// <summary>The measures by column.</summary>
    /// <exception cref="Errors.ConfigurationException">One says something unknown or impossible.</exception>
    public static Dictionary<string, UserMeasure> Read(ConfigurationNode node)
    {
        var measures = new Dictionary<string, UserMeasure>(StringComparer.Ordinal);
        foreach (var (column, measure) in node.Members())
        {
            if (UserMeasure.KindOf(column) is CanonicalKind.Key or CanonicalKind.Flag or CanonicalKind.Instant)
            {
                throw measure.Fault("is no measure: the column does not hold numbers");
            }

            var fallback = UserMeasure.Default(column);
            var places = fallback.Places;
            (ExactLiteral? Low, ExactLiteral? High)? range = null;
            ConfigurationNode? ranged = null;
            IReadOnlyList<double>? sentinels = null;
            foreach (var (key, value) in measure.Members())
            {
                switch (key)
                {
                    case "scale":
                        places = Places(value);
                        break;
                    case "range":
                        (range, ranged) = (Range(value), value);
                        break;
                    case "sentinels":
                        sentinels = Sentinels(value);
                        break;
                    default:
                        throw value.Unknown(key, s_keys);
                }
            }

            long? lowest, highest;
            if (range is { } given && ranged is not null)
            {
                lowest = Bound(ranged, given.Low, places);
                highest = Bound(ranged, given.High, places);
                if (lowest > highest)
                {
                    throw ranged.Fault("ends before it begins");
                }
            }
            else
            {
                lowest = Rescaled(fallback.Lowest, places);
                highest = Rescaled(fallback.Highest, places);
            }

            measures.Add(column, new UserMeasure(places, lowest, highest, sentinels));
        }

        return measures;
    }

    private static int Places(ConfigurationNode node)
    {
        var text = node.TextOrNumber();
        for (var places = 0; places <= MaxPlaces; places++)
        {
            if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && scale == 1 / (decimal)BigInteger.Pow(10, places))
            {
                return places;
            }
        }

        throw node.Fault("is no scale", $"Write a power of ten from \"1\" down to \"1e-{MaxPlaces}\", such as \"1e-6\".");
    }

    private static (ExactLiteral? Low, ExactLiteral? High) Range(ConfigurationNode node)
    {
        var ends = node.Elements();
        return ends.Count == 2
            ? (ends[0].IsNull ? null : ExactLiteral.Read(ends[0]), ends[1].IsNull ? null : ExactLiteral.Read(ends[1]))
            : throw node.Fault("is no range", "Write [least, greatest], null for no bound: [0, null].");
    }

    private static long? Bound(ConfigurationNode node, ExactLiteral? end, int places)
    {
        if (end is not { } literal)
        {
            return null;
        }

        var (value, isExact) = literal.At(places);
        return !isExact ? throw node.Fault("has an end finer than the scale of the measure")
            : value > long.MaxValue || value <= long.MinValue ? throw node.Fault("has an end beyond what the scale of the measure holds", "Use null for no bound, or a coarser scale.")
            : (long)value;
    }

    private static long? Rescaled(long? micro, int places) => micro is not { } value ? null
        : places >= UserMeasure.DefaultPlaces ? value * (long)BigInteger.Pow(10, places - UserMeasure.DefaultPlaces)
        : value / (long)BigInteger.Pow(10, UserMeasure.DefaultPlaces - places);

    private static List<double> Sentinels(ConfigurationNode node)
    {
        var elements = node.Elements();
        return elements.Count > MaxSentinels
            ? throw node.Fault($"holds more than {MaxSentinels} values")
            : [.. elements.Select(static element => element.IsNumber
                && double.TryParse(element.TextOrNumber(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? value
                : throw element.Fault("must be a finite number")).Distinct().Order()];
    }
}
