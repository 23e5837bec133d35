using IndicatorCore.Errors;

namespace IndicatorCore.Fuzz.Subjects;

/// <summary>How an input fared; what breaks a property is an exception instead.</summary>
/// <param name="Fault">The kind of the refusal, or null when it was accepted.</param>
/// <param name="IsIdentical">Whether an accepted input reads as the truth; if not, it is another valid input.</param>
internal readonly record struct Verdict(DataFault? Fault, bool IsIdentical)
{
    public static Verdict Refused(IndicatorDataException fault) => new(fault.Kind, false);

    public static Verdict Accepted(bool isIdentical) => new(null, isIdentical);
}
