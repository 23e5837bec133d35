namespace IndicatorCore.Generation.Output;

/// <summary>One column's values of the batch being filled.</summary>
internal sealed class ColumnBuffer
{
    private readonly bool[] _present;
    private readonly long[] _integers;
    private readonly double[] _numbers;
    private readonly string[] _texts;

    public ColumnBuffer(TableColumn column, int capacity)
    {
        Column = column;
        _present = new bool[capacity];
        var isNumber = column.Kind is ColumnKind.Double or ColumnKind.Single;
        _numbers = isNumber ? new double[capacity] : [];
        _texts = column.Kind == ColumnKind.Text ? new string[capacity] : [];
        _integers = isNumber || column.Kind == ColumnKind.Text ? [] : new long[capacity];
    }

    public TableColumn Column { get; }

    public int Count { get; private set; }

    public ReadOnlySpan<bool> Present => _present.AsSpan(0, Count);

    /// <summary>Instants in milliseconds, dictionary indices, integers, flags as 0 and 1; undefined where absent.</summary>
    public ReadOnlySpan<long> Integers => _integers.AsSpan(0, Count);

    public ReadOnlySpan<double> Numbers => _numbers.AsSpan(0, Count);

    public ReadOnlySpan<string> Texts => _texts.AsSpan(0, Count);

    public void Add(long? value)
    {
        _present[Count] = value.HasValue;
        _integers[Count++] = value.GetValueOrDefault();
    }

    public void Add(bool? value) => Add(value.HasValue ? (value.Value ? 1L : 0L) : null);

    public void Add(double? value)
    {
        _present[Count] = value.HasValue;
        _numbers[Count++] = value.GetValueOrDefault();
    }

    public void Add(string value)
    {
        _present[Count] = true;
        _texts[Count++] = value;
    }

    public void AddNull() => _present[Count++] = false;

    public void Clear() => Count = 0;
}
