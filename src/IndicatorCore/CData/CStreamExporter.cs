using IndicatorCore.Columns;

namespace IndicatorCore.CData;

/// <summary>
/// Hands batches one after the other to another library of this process, such as DuckDB or Polars, through the Arrow C stream interface.
/// Source: Apache Arrow, "The Arrow C stream interface".
/// </summary>
public static unsafe class CStreamExporter
{
    /// <summary>The size of <c>struct ArrowArrayStream</c> on this machine, in bytes.</summary>
    public static int StreamBytes => sizeof(ArrowArrayStream);

    /// <summary>Makes a stream of leases, which are asked for as the consumer asks for batches. The consumer releases it.</summary>
    /// <param name="schema">The schema of all leases.</param>
    /// <param name="leases">The batches, all their columns loaded; each belongs to the consumer once it was taken, and is disposed when the
    /// consumer releases it. What fails while one is taken, decoded or exported, the consumer gets as an errno with its message.</param>
    /// <param name="to">The address of the <c>ArrowArrayStream</c> to fill; what it held is overwritten. Its memory is the caller's:
    /// <see cref="StreamBytes"/>, aligned to 8.</param>
    /// <exception cref="ArgumentException">The address is null.</exception>
    public static void Export(Schema schema, IEnumerable<BatchLease> leases, nint to)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(leases);
        if (to == 0)
        {
            throw new ArgumentException("The address is null.", nameof(to));
        }

        ExportedStream.Write(schema, leases.GetEnumerator(), (ArrowArrayStream*)to);
    }
}
