using IndicatorCore.Columns;

namespace IndicatorCore.CData;

/// <summary>
/// Hands batches to another library of this process through the Arrow C data interface, without a copy.
/// Source: Apache Arrow, "The Arrow C data interface".
/// </summary>
/// <remarks>Only the values of dictionaries of large and view types may be copied, where they are kept in another layout. The structs' own memory
/// is the caller's: <see cref="SchemaBytes"/> and <see cref="ArrayBytes"/> of it, aligned to 8.</remarks>
public static unsafe class CArrayExporter
{
    /// <summary>The size of <c>struct ArrowSchema</c> on this machine, in bytes.</summary>
    public static int SchemaBytes => sizeof(ArrowSchema);

    /// <summary>The size of <c>struct ArrowArray</c> on this machine, in bytes.</summary>
    public static int ArrayBytes => sizeof(ArrowArray);

    /// <summary>Writes a schema as a struct of its fields. The consumer releases it.</summary>
    /// <param name="schema">What to write.</param>
    /// <param name="to">The address of the <c>ArrowSchema</c> to fill; what it held is overwritten.</param>
    /// <exception cref="ArgumentException">The address is null; a name has a null character; a type has impossible parameters.</exception>
    public static void ExportSchema(Schema schema, nint to)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ThrowIfNull(to, nameof(to));
        ExportedSchema.Write(schema, (ArrowSchema*)to);
    }

    /// <summary>Writes a batch as a struct of its columns, decoding it first if that is still to be done. Its buffers are pinned where they lie.</summary>
    /// <param name="lease">The batch, all its columns loaded. It belongs to the consumer from now on, and is disposed when the consumer releases the
    /// last struct of it; when exporting fails, it stays the caller's.</param>
    /// <param name="to">The address of the <c>ArrowArray</c> to fill; what it held is overwritten.</param>
    /// <exception cref="ArgumentException">The address is null.</exception>
    /// <exception cref="InvalidOperationException">Nothing was read into the lease, or not all columns of its schema.</exception>
    /// <exception cref="Errors.IndicatorDataException">A column is faulty, or a union of before Arrow 1.0 with nulls of its own.</exception>
    public static void Export(BatchLease lease, nint to)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ThrowIfNull(to, nameof(to));
        lease.Decode();
        ExportedArray.Write(lease, (ArrowArray*)to);
    }

    private static void ThrowIfNull(nint address, string parameter)
    {
        if (address == 0)
        {
            throw new ArgumentException("The address is null.", parameter);
        }
    }
}
