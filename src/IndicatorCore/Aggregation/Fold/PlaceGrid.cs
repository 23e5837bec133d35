namespace IndicatorCore.Aggregation.Fold;

/// <summary>
/// A short cut from rows to places: the lane that tells most rows apart leads to a leaf, which the other lanes confirm, and leaf and
/// pane lead to the place, by two looks into small tables instead of a hash of everything. Where it knows no answer, or would be too large, it says so.
/// </summary>
/// <param name="width">Lanes of a tuple, the pane's the last; at least 2.</param>
/// <param name="budget">What its memory is taken from.</param>
internal sealed class PlaceGrid(int width, MemoryBudget budget)
{
    private const int MostGuides = 1 << 22;
    private const int MostCells = 1 << 22;
    private const int SpareLanes = 16;   // panes to each side when the grid is made anew

    private int[] _leafOf = [];     // by the guiding lane's number + 1: the leaf + 1
    private int[] _leaves = [];     // the lanes of each leaf, without the pane
    private int[] _cells = [];      // by leaf and pane: the place + 1
    private int _leafCount;
    private int _guide = -1;
    private int _firstPane;
    private int _panes;
    private long _reserved;

    /// <summary>Whether the grid has given up: its lanes would take too much room.</summary>
    public bool IsUseless { get; private set; }

    /// <summary>The places of rows, -1 where they must be looked for otherwise and be told by <see cref="Learn"/>.</summary>
    public void Find(ReadOnlySpan<int[]> lanes, Span<int> places)
    {
        if (_guide < 0)
        {
            Choose(lanes, places.Length);
        }

        var guides = lanes[_guide].AsSpan(0, places.Length);
        var panes = lanes[^1].AsSpan(0, places.Length);
        var other = width == 3 ? lanes[1 - _guide] : null;
        for (var row = 0; row < places.Length; row++)
        {
            var guide = (uint)(guides[row] + 1);
            var leaf = guide < (uint)_leafOf.Length ? _leafOf[guide] - 1 : -1;
            var pane = (uint)(panes[row] - _firstPane);
            if (leaf < 0 || pane >= (uint)_panes || !(other is not null ? _leaves[(leaf * 2) + 1 - _guide] == other[row] : Confirms(leaf, lanes, row)))
            {
                places[row] = -1;
                continue;
            }

            places[row] = _cells[(leaf * _panes) + (int)pane] - 1;
        }
    }

    /// <summary>Notes where a row's place is.</summary>
    public void Learn(ReadOnlySpan<int[]> lanes, int row, int place)
    {
        var guide = lanes[_guide][row] + 1;
        if ((uint)guide >= MostGuides)
        {
            Free();
            IsUseless = true;
            return;
        }

        if (guide >= _leafOf.Length)
        {
            Grow(ref _leafOf, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)guide + 1));
        }

        var leaf = _leafOf[guide] - 1;
        if (leaf >= 0 && !Confirms(leaf, lanes, row))
        {
            return;   // the guide has another leaf already: such rows go the long way
        }

        var pane = lanes[^1][row];
        if ((_panes == 0 || pane < _firstPane || pane - (long)_firstPane >= _panes) && !Stretch(pane))
        {
            return;
        }

        if (leaf < 0)
        {
            leaf = _leafCount;
            if ((leaf + 1L) * _panes > MostCells)
            {
                Free();
                IsUseless = true;
                return;
            }

            _leafCount++;
            _leafOf[guide] = _leafCount;
            if (_leafCount * (width - 1) > _leaves.Length)
            {
                Grow(ref _leaves, Math.Max(64, _leaves.Length * 2));
            }

            for (var i = 0; i < width - 1; i++)
            {
                _leaves[(leaf * (width - 1)) + i] = lanes[i][row];
            }
        }

        if ((leaf + 1) * _panes > _cells.Length)
        {
            Grow(ref _cells, Math.Max((leaf + 1) * _panes, Math.Min(MostCells, _cells.Length * 2)));
        }

        _cells[(leaf * _panes) + (pane - _firstPane)] = place + 1;
    }

    /// <summary>Forgets all places.</summary>
    public void Clear()
    {
        Array.Clear(_leafOf);
        Array.Clear(_cells);
        _leafCount = 0;
    }

    /// <summary>Gives the memory back.</summary>
    public void Free()
    {
        budget.Release(_reserved);
        (_leafOf, _leaves, _cells, _leafCount, _panes, _guide, _reserved) = ([], [], [], 0, 0, -1, 0);
    }

    // the lane whose numbers reach highest: lines before factories
    private void Choose(ReadOnlySpan<int[]> lanes, int rows)
    {
        var most = int.MinValue;
        _guide = 0;
        for (var i = 0; i < lanes.Length - 1; i++)
        {
            foreach (var number in lanes[i].AsSpan(0, rows))
            {
                if (number > most)
                {
                    (most, _guide) = (number, i);
                }
            }
        }
    }

    private bool Confirms(int leaf, ReadOnlySpan<int[]> lanes, int row)
    {
        for (var i = 0; i < width - 1; i++)
        {
            if (_leaves[(leaf * (width - 1)) + i] != lanes[i][row])
            {
                return false;
            }
        }

        return true;
    }

    // other panes: the cells are laid out anew, empty
    private bool Stretch(int pane)
    {
        var first = _panes == 0 ? pane - (long)SpareLanes : Math.Min(_firstPane, pane - (long)SpareLanes);
        var last = _panes == 0 ? pane + (long)SpareLanes : Math.Max(_firstPane + (long)_panes - 1, pane + (long)SpareLanes);
        if (first < int.MinValue || last > int.MaxValue || (last - first + 1) * Math.Max(1, _leafCount) > MostCells)
        {
            Free();
            IsUseless = true;
            return false;
        }

        (_firstPane, _panes) = ((int)first, (int)(last - first + 1));
        Array.Clear(_cells);
        if (_leafCount * _panes > _cells.Length)
        {
            Grow(ref _cells, _leafCount * _panes);
        }

        return true;
    }

    private void Grow(ref int[] array, int length)
    {
        var bytes = (long)(length - array.Length) * sizeof(int);
        budget.Reserve(bytes, "the places of rows");
        _reserved += bytes;
        Array.Resize(ref array, length);
    }
}
