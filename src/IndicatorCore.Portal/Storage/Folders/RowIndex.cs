namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>
/// What queries need of the rows of one publication, by column: about 40 bytes a row, and nothing of their text. Rows come in runs of one group, for that is
/// the order of interface 4; a group that comes back in another run is only slower to find.
/// </summary>
internal sealed class RowIndex
{
    /// <summary>No instant.</summary>
    public const long NoInstant = long.MinValue;

    /// <summary>The views, and the rows at which each begins, with the end of the last.</summary>
    public required string[] Views { get; init; }

    /// <summary>The first row of each view, and the number of rows at the end.</summary>
    public required int[] ViewStarts { get; init; }

    /// <summary>The indicators, by number.</summary>
    public required string[] Indicators { get; init; }

    /// <summary>The levels, by number.</summary>
    public required string[] Levels { get; init; }

    /// <summary>The windows' starts, by number; <see cref="NoInstant"/> for none.</summary>
    public required long[] WindowStarts { get; init; }

    /// <summary>The windows' ends.</summary>
    public required long[] WindowEnds { get; init; }

    /// <summary>The first row of each run, and the number of rows at the end.</summary>
    public required int[] RunStarts { get; init; }

    /// <summary>The level of each run.</summary>
    public required ushort[] RunLevels { get; init; }

    /// <summary>The values of each run's group, in the order of its level's keys.</summary>
    public required string?[][] RunValues { get; init; }

    /// <summary>Where each row begins in the file, and where the last one ends.</summary>
    public required long[] Offsets { get; init; }

    /// <summary>The values; not a number where there is none.</summary>
    public required double[] Values { get; init; }

    /// <summary>The indicator of each row.</summary>
    public required ushort[] RowIndicators { get; init; }

    /// <summary>The window of each row.</summary>
    public required int[] RowWindows { get; init; }

    /// <summary>The status of each row.</summary>
    public required byte[] Statuses { get; init; }

    /// <summary>How many rows there are.</summary>
    public int Count => Statuses.Length;

    /// <summary>How many runs there are.</summary>
    public int Runs => RunLevels.Length;

    /// <summary>The view of a row.</summary>
    public int ViewOf(int row)
    {
        var view = 0;
        while (row >= ViewStarts[view + 1])
        {
            view++;
        }

        return view;
    }
}
