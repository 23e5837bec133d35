namespace IndicatorCore.Fuzz.Guards;

/// <summary>Holds one input at a time, so that it ends right before a page that must not be read.</summary>
internal sealed class GuardedInput : IDisposable
{
    private const int Smallest = 64 * 1024;

    private GuardedMemory? _memory;

    /// <summary>Copies an input to its place; the one before it is gone.</summary>
    public ReadOnlyMemory<byte> Place(byte[] bytes)
    {
        // a pipe over an empty slice that does not start at 0 cannot be advanced (the BCL's)
        if (!GuardedPages.AreAvailable || bytes.Length == 0)
        {
            return bytes.AsMemory();
        }

        if (_memory is null || _memory.Capacity < bytes.Length)
        {
            Dispose();
            _memory = new GuardedMemory(Math.Max(Smallest, bytes.Length));
        }

        var place = _memory.AtEnd(bytes.Length);
        bytes.CopyTo(place);
        return place;
    }

    public void Dispose() => ((IDisposable?)_memory)?.Dispose();
}
