namespace IndicatorCore.Programmes;

/// <summary>Where a field's content comes from (programme-forms, origin codes).</summary>
public enum FieldSource
{
    /// <summary>R: declared, from the registry.</summary>
    Registry,

    /// <summary>C: a figure of the engine, with its trace.</summary>
    Computed,

    /// <summary>D: by a rule from figures or the registry.</summary>
    Derived,

    /// <summary>T: free text of the registry, of which only the length is checked.</summary>
    FreeText,
}
