namespace IndicatorCore.Generation.Output;

/// <summary>Where batches go: the seam between what is generated and how Arrow stores it.</summary>
internal interface ITableSink
{
    /// <summary>Starts a file of a table.</summary>
    void Begin(string fileName, TableShape shape);

    void Write(BatchBuffer batch);

    /// <summary>Completes the file and says what was written.</summary>
    GeneratedFile End();

    /// <summary>Makes a byte-identical copy of a finished file under another name.</summary>
    GeneratedFile Replay(GeneratedFile original, string fileName);
}
