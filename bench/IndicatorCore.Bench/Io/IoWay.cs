namespace IndicatorCore.Bench.Io;

/// <summary>One way to bring the needed bytes of a batch to where they are used.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Run">Brings one batch; gives a number that depends on every byte where the way looks at them.</param>
internal sealed record IoWay(string Name, Func<IoWorker, int, long> Run);
