using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.CData;

/// <summary>
/// Imports single arrays of one schema through the Arrow C data interface (<c>struct ArrowSchema</c>, <c>struct ArrowArray</c>), where they
/// lie. Source: Apache Arrow, "The Arrow C data interface".
/// </summary>
/// <remarks>What <see cref="CStreamReader"/> says of memory, release and trust holds here too. Importing serves any number of threads.</remarks>
public sealed unsafe class CArrayImport
{
    private readonly ForeignTable _table;
    private long _batches = -1;

    /// <summary>Reads a schema and releases it, also on failure.</summary>
    /// <param name="schema">The address of an <c>ArrowSchema</c>; the struct's own memory stays its owner's.</param>
    /// <param name="options">Limits, and what errors call the input; null = the defaults.</param>
    /// <exception cref="ArgumentException">The address is null, or the schema was released before.</exception>
    /// <exception cref="IndicatorDataException">The schema cannot be read here.</exception>
    public CArrayImport(nint schema, CImportOptions? options = null)
    {
        var source = (ArrowSchema*)schema;
        if (source is null || source->Release is null)
        {
            throw new ArgumentException("The schema is null or was released.", nameof(schema));
        }

        try
        {
            _table = new ForeignTable(source, options ?? CImportOptions.Default);
        }
        finally
        {
            source->Release(source);
            source->Release = null;
        }
    }

    /// <summary>The schema of the batches. A schema that is no struct is that of one column.</summary>
    public Schema Schema => _table.Schema;

    /// <summary>Imports one array: its struct is moved, so that <paramref name="array"/> is marked as released, also on failure.</summary>
    /// <param name="array">The address of an <c>ArrowArray</c> of the schema; the struct's own memory stays its owner's.</param>
    /// <returns>A lease that the caller, or the engine that it is handed to, disposes; the array is released then.</returns>
    /// <exception cref="ArgumentException">The address is null, or the array was released before.</exception>
    /// <exception cref="IndicatorDataException">The array is no batch of the schema. Faults within columns are found by
    /// <see cref="BatchLease.Decode"/>.</exception>
    public BatchLease Import(nint array)
    {
        var lease = new BatchLease();
        try
        {
            Import(array, lease);
            return lease;
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Imports one array into a lease of the caller's, whose former batch is given back first.</summary>
    /// <param name="array">The address of an <c>ArrowArray</c> of the schema.</param>
    /// <param name="into">What to fill.</param>
    /// <inheritdoc cref="Import(nint)" path="/exception"/>
    /// <exception cref="ObjectDisposedException">The lease was disposed; the array was not taken.</exception>
    public void Import(nint array, BatchLease into)
    {
        ArgumentNullException.ThrowIfNull(into);
        var source = (ArrowArray*)array;
        if (source is null || source->Release is null)
        {
            throw new ArgumentException("The array is null or was released.", nameof(array));
        }

        into.Forget();
        var moved = *source;
        source->Release = null;
        _table.Fill(into, moved, Interlocked.Increment(ref _batches));
    }
}
