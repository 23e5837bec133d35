namespace IndicatorCore.Programmes;

/// <summary>What the rows of a section are.</summary>
public enum SectionRows
{
    /// <summary>No table: a heading beside each field.</summary>
    None,

    /// <summary>A row for each factory; the columns are the fields.</summary>
    Factories,

    /// <summary>The lines that the section lists, under its columns.</summary>
    Lines,

    /// <summary>The lines that the section lists, for each window of the report.</summary>
    Milestones,

    /// <summary>A row for each result row (dynamic monitoring).</summary>
    Series,

    /// <summary>Numbers of projects by year, province, industry and class.</summary>
    Counts,

    /// <summary>A row for each park; the columns are the fields.</summary>
    Parks,
}
