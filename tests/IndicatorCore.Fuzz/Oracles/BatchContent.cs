namespace IndicatorCore.Fuzz.Oracles;

/// <summary>The values of one batch: a chunk of bytes a column, null where the column was not read.</summary>
internal sealed class BatchContent(int rows, byte[]?[]? columns) : IEquatable<BatchContent>
{
    public int Rows => rows;

    /// <summary>The columns; null when the batch was refused.</summary>
    public byte[]?[]? Columns => columns;

    public bool Equals(BatchContent? other)
    {
        if (other is null || rows != other.Rows || columns is null || other.Columns is null || columns.Length != other.Columns.Length)
        {
            return other is not null && rows == other.Rows && columns is null && other.Columns is null;
        }

        for (var i = 0; i < columns.Length; i++)
        {
            if (!Same(columns[i], other.Columns[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => obj is BatchContent other && Equals(other);

    public override int GetHashCode() => rows;

    private static bool Same(byte[]? left, byte[]? right) =>
        left is null || right is null ? left is null && right is null : left.AsSpan().SequenceEqual(right);
}
