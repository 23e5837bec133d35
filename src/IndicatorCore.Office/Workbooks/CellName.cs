namespace IndicatorCore.Office.Workbooks;

/// <summary>Names of cells and sheets.</summary>
internal static class CellName
{
    private const int MostSheetName = 31;

    /// <summary>Such as <c>AB7</c>, from a column from 0 and a row from 1.</summary>
    public static string Of(int column, int row) => Column(column) + row.ToString();

    /// <summary>Such as <c>AB</c>, from 0.</summary>
    public static string Column(int column)
    {
        var name = string.Empty;
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            name = (char)('A' + ((rest - 1) % 26)) + name;
        }

        return name;
    }

    /// <summary>The column of a cell's name from 0, or -1 where it is no name.</summary>
    public static int ColumnOf(string name)
    {
        var column = 0;
        var letters = 0;
        while (letters < name.Length && char.IsAsciiLetterUpper(name[letters]))
        {
            column = letters < 4 ? (column * 26) + name[letters] - 'A' + 1 : int.MaxValue;
            letters++;
        }

        return letters is 0 or > 3 ? -1 : column - 1;
    }

    /// <summary>A sheet's name out of any text: at most 31 characters, none of the forbidden, and not yet taken.</summary>
    public static string Sheet(string text, ISet<string> taken)
    {
        var plain = string.Concat(text.Select(static letter => letter is '[' or ']' or ':' or '*' or '?' or '/' or '\\' or '\'' || char.IsControl(letter) ? '_' : letter)).Trim();
        plain = plain.Length == 0 ? "_" : plain;
        for (var i = 1; ; i++)
        {
            var suffix = i == 1 ? string.Empty : $"~{i}";
            var name = (plain.Length + suffix.Length > MostSheetName ? plain[..(MostSheetName - suffix.Length)] : plain) + suffix;
            if (taken.Add(name.ToUpperInvariant()))
            {
                return name;
            }
        }
    }
}
