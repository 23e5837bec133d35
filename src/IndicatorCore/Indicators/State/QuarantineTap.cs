namespace IndicatorCore.Indicators.State;

/// <summary>Hands quarantined rows to an engine's sink, each input under one source.</summary>
internal sealed class QuarantineTap(IQuarantineSink sink)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<InputTally, QuarantineSource> _sources = new(ReferenceEqualityComparer.Instance);

    /// <summary>The sink.</summary>
    public IQuarantineSink Sink { get; } = sink;

    /// <summary>The source of an input.</summary>
    public QuarantineSource SourceOf(InputTally input)
    {
        lock (_gate)
        {
            if (!_sources.TryGetValue(input, out var source))
            {
                _sources.Add(input, source = new QuarantineSource(input.Name, _sources.Count));
            }

            return source;
        }
    }

    /// <summary>Hands rows on.</summary>
    /// <exception cref="QuarantineException">The sink failed.</exception>
    public void Add(in QuarantinedRows rows)
    {
        try
        {
            Sink.Add(rows);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new QuarantineException(fault);
        }
    }

    /// <summary>Takes back the rows of an input of which nothing counts.</summary>
    /// <exception cref="QuarantineException">The sink failed.</exception>
    public void Discard(InputTally input)
    {
        QuarantineSource? source;
        lock (_gate)
        {
            if (!_sources.TryGetValue(input, out source))
            {
                return;
            }
        }

        try
        {
            Sink.Discard(source);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new QuarantineException(fault);
        }
    }
}
