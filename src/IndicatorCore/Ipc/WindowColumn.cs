using System.Runtime.InteropServices;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>A compressed column of a large batch, decoded once from its first window to its last; one thread at a time.</summary>
/// <param name="ordinal">The column.</param>
/// <param name="declaredNulls">The nulls that the message declares.</param>
/// <param name="buffers">Validity and values; null where the layout has none.</param>
/// <param name="place">The batch and column.</param>
internal sealed class WindowColumn(int ordinal, long declaredNulls, WindowBuffer?[] buffers, DataLocation place)
{
    /// <summary>Decodes the next window into the memory that a lease has for it.</summary>
    /// <exception cref="IndicatorDataException">The column is faulty.</exception>
    public void Fill(BatchLease into, CancellationToken cancellationToken)
    {
        var column = into.Columns[ordinal];
        try
        {
            for (var slot = 0; slot < buffers.Length; slot++)
            {
                if (buffers[slot] is not { } buffer)
                {
                    continue;
                }

                buffer.Open();
                if (buffer.IsEmpty)
                {
                    column.DeclaredNulls = Math.Min(declaredNulls, column.Length);
                    column.Slots[slot] = default;
                }
                else
                {
                    buffer.Read(MemoryMarshal.AsMemory(column.Slots[slot].Bytes), cancellationToken);
                }
            }
        }
        catch (IndicatorDataException fault)
        {
            fault.At(place);
            throw;
        }
    }
}
