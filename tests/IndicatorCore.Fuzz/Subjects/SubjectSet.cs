using IndicatorCore.Fuzz.Campaigns;

namespace IndicatorCore.Fuzz.Subjects;

/// <summary>One subject of each kind, made when first needed; serves one thread.</summary>
internal sealed class SubjectSet : IDisposable
{
    private readonly Lazy<ArrowSubject> _arrow = new(static () => new ArrowSubject());
    private readonly Lazy<Lz4Subject> _lz4 = new(static () => new Lz4Subject());
    private readonly Lazy<EngineSubject> _engine = new(static () => new EngineSubject());

    /// <summary>Gives an input to what it is for.</summary>
    /// <exception cref="Oracles.FuzzFailureException">A property does not hold.</exception>
    public Verdict Judge(FuzzInput input) => input.Kind switch
    {
        InputKind.File or InputKind.Stream => _arrow.Value.Judge(input),
        InputKind.Export => _engine.Value.Judge(input),
        InputKind.Planted => PlantedDefect.Judge(input),
        _ => _lz4.Value.Judge(input),
    };

    public void Dispose()
    {
        foreach (var subject in (IDisposable?[])
            [_arrow.IsValueCreated ? _arrow.Value : null, _lz4.IsValueCreated ? _lz4.Value : null, _engine.IsValueCreated ? _engine.Value : null])
        {
            subject?.Dispose();
        }
    }
}
