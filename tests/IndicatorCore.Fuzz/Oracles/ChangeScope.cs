using IndicatorCore.Fuzz.Layout;

namespace IndicatorCore.Fuzz.Oracles;

/// <summary>What changed bytes of a known input may alter, and that nothing else was altered.</summary>
/// <remarks>
/// The proof that a different reading is rightly different: a changed buffer may alter its own column of its own batch, a changed value of a
/// fixed width one row, padding nothing, content under a checksum nothing; in a file a changed head one batch, in a stream all from there on.
/// </remarks>
internal sealed class ChangeScope
{
    private readonly ArrowMap _map;
    private readonly ReadContent _truth;
    private readonly bool _isFile;
    private readonly HashSet<int> _batches = [];
    private readonly Dictionary<(int Batch, int Column), HashSet<int>?> _columns = [];
    private int _dictionariesFrom = int.MaxValue;
    private int _allFrom = int.MaxValue;
    private bool _mayBeRefused;
    private bool _isUnbound;

    /// <summary>Looks at what differs between two inputs of one length.</summary>
    /// <param name="map">The map of <paramref name="before"/>.</param>
    /// <param name="truth">What <paramref name="before"/> reads as.</param>
    /// <param name="before">The good input.</param>
    /// <param name="after">The changed one.</param>
    /// <param name="isFile">Whether it is read by its footer.</param>
    public ChangeScope(ArrowMap map, ReadContent truth, byte[] before, byte[] after, bool isFile)
    {
        (_map, _truth, _isFile) = (map, truth, isFile);
        IsProtected = true;
        IsWithinMessages = true;
        var at = 0;
        while (true)
        {
            var same = before.AsSpan(at).CommonPrefixLength(after.AsSpan(at));
            at += same;
            if (at == before.Length)
            {
                break;
            }

            Add(map.Owners[at]);
            at++;
        }
    }

    /// <summary>Whether every changed byte lies under a checksum.</summary>
    public bool IsProtected { get; private set; }

    /// <summary>Whether a footer and a stream around the same messages say the same of the change: no framing, schema or gap is touched, and no
    /// length in front of a message, for which a footer has its own.</summary>
    public bool IsWithinMessages { get; private set; }

    /// <summary>Throws when a reading differs where it may not.</summary>
    /// <param name="content">What the changed input reads as, wholly or one column of it.</param>
    public void Check(ReadContent content)
    {
        if (IsProtected && content.IsAccepted && content.Batches.Where((batch, i) => Differs(batch, i)).Any())
        {
            throw new FuzzFailureException("Content under a checksum was changed, accepted and read differently");
        }

        if (_isUnbound)
        {
            return;
        }

        if (content.Schema != _truth.Schema && !(content.Schema is null && _mayBeRefused))
        {
            throw new FuzzFailureException("The schema was read differently, though nothing of it was changed");
        }

        if (!_mayBeRefused && (!content.IsWhole || content.Batches.Count != _truth.Batches.Count))
        {
            throw new FuzzFailureException($"A change of buffers or unread bytes alone ended the reading: {content.Fault}");
        }

        for (var i = 0; i < Math.Min(_truth.Batches.Count, content.Batches.Count) && i < _allFrom; i++)
        {
            if (!_batches.Contains(i))
            {
                Check(content, i);
            }
        }
    }

    private static bool SameOutside(byte[] left, byte[] right, int rows, HashSet<int> changed)
    {
        var stride = rows == 0 ? 0 : (left.Length - sizeof(int)) / rows;
        if (left.Length != right.Length || left.Length != sizeof(int) + (rows * stride))
        {
            return left.Length >= ValueWriter.MostBytes;
        }

        for (var row = 0; row < rows; row++)
        {
            var at = sizeof(int) + (row * stride);
            if (!changed.Contains(row) && !left.AsSpan(at, stride).SequenceEqual(right.AsSpan(at, stride)))
            {
                return false;
            }
        }

        return true;
    }

    private bool Differs(BatchContent batch, int ordinal)
    {
        if (ordinal >= _truth.Batches.Count || batch.Rows != _truth.Batches[ordinal].Rows)
        {
            return true;
        }

        var truth = _truth.Batches[ordinal].Columns;
        return batch.Columns is { } columns && columns.Where((column, i) => column is not null && !column.AsSpan().SequenceEqual(truth![i])).Any();
    }

    private void Add(in ByteOwner owner)
    {
        IsProtected &= owner.IsProtected;
        IsWithinMessages &= owner.Kind is ByteKind.DictionaryHead or ByteKind.DictionaryBody or ByteKind.BatchHead or ByteKind.Buffer;
        switch (owner.Kind)
        {
            case ByteKind.Unread:
                break;
            case ByteKind.Framing or ByteKind.Schema when _isFile || owner.Kind == ByteKind.Schema:
                _isUnbound = true;
                break;
            case ByteKind.DictionaryBody:
                _mayBeRefused = true;
                _dictionariesFrom = Math.Min(_dictionariesFrom, owner.Batch);
                break;
            case ByteKind.DictionaryHead or ByteKind.DictionaryPrefix when _isFile:
                _mayBeRefused = true;
                _dictionariesFrom = 0;
                break;
            case ByteKind.BatchHead or ByteKind.Prefix when _isFile:
                _mayBeRefused = true;
                _batches.Add(owner.Batch);
                break;
            case ByteKind.Buffer when owner.Column < 0:
                _batches.Add(owner.Batch);
                break;
            case ByteKind.Buffer:
                Add(owner.Batch, owner.Column, owner.Row);
                break;
            default:
                _mayBeRefused = true;
                _allFrom = Math.Min(_allFrom, owner.Batch);
                break;
        }
    }

    // the rows of a column that may differ; null is all of them
    private void Add(int batch, int column, int row)
    {
        if (row < 0)
        {
            _columns[(batch, column)] = null;
        }
        else if (!_columns.TryGetValue((batch, column), out var rows))
        {
            _columns.Add((batch, column), [row]);
        }
        else
        {
            rows?.Add(row);
        }
    }

    private void Check(ReadContent content, int batch)
    {
        var (truth, read) = (_truth.Batches[batch], content.Batches[batch]);
        if (read.Rows != truth.Rows)
        {
            throw new FuzzFailureException($"Batch {batch} has {read.Rows} rows instead of {truth.Rows}, though its head is as it was");
        }

        if (read.Columns is null)
        {
            if (_dictionariesFrom > batch && !_columns.Keys.Any(key => key.Batch == batch))
            {
                throw new FuzzFailureException($"Batch {batch} was refused, though nothing of it was changed: {content.Fault}");
            }

            return;
        }

        for (var column = 0; column < read.Columns.Length; column++)
        {
            if (read.Columns[column] is not { } values
                || (_dictionariesFrom <= batch && _map.HasDictionary[column])
                || values.AsSpan().SequenceEqual(truth.Columns![column]))
            {
                continue;
            }

            if (!_columns.TryGetValue((batch, column), out var rows))
            {
                throw new FuzzFailureException($"Column {column} of batch {batch} was read differently, though nothing of it was changed");
            }

            if (rows is not null && !SameOutside(values, truth.Columns[column]!, read.Rows, rows))
            {
                throw new FuzzFailureException($"Other rows of column {column} of batch {batch} differ than those whose bytes were changed");
            }
        }
    }
}
