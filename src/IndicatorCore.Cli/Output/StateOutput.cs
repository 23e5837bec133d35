using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Output;

/// <summary>A state file to be written, with its signature beside it where there is a key.</summary>
internal sealed class StateOutput
{
    private readonly string? _path;

    /// <summary>Names the file.</summary>
    /// <param name="path">The file as the user typed it; <c>-</c> is standard output.</param>
    /// <param name="key">Who signs, or null.</param>
    /// <param name="context">The process.</param>
    /// <exception cref="UsageException">Standard output is to be signed.</exception>
    public StateOutput(string path, StateKeyPair? key, CommandContext context)
    {
        _path = path == "-" ? null : context.Resolve(path);
        Target = context.Target(path);
        Signature = key is null ? null : _path is null
            ? throw new UsageException("--sign writes the signature beside the state: name a file, not standard output")
            : OutputTarget.ToFile(_path + StateSignature.Suffix);
        Key = key;
    }

    /// <summary>The file.</summary>
    public OutputTarget Target { get; }

    private OutputTarget? Signature { get; }

    private StateKeyPair? Key { get; }

    /// <summary>How many bytes the state has, once it is written.</summary>
    public long Bytes => _path is null ? 0 : new FileInfo(_path).Length;

    /// <summary>What is to be written, all or nothing.</summary>
    /// <param name="save">Writes the state.</param>
    public IReadOnlyList<(OutputTarget Target, Func<Stream, Task> Write)> Outputs(Action<Stream> save)
    {
        if (Key is not { } key)
        {
            return [(Target, OutputTarget.Writing(save))];
        }

        var hash = Array.Empty<byte>();
        return
        [
            (Target, OutputTarget.Writing(stream =>
            {
                using var hashed = new HashedOutput(stream, key.HashAlgorithm);
                save(hashed);
                hash = hashed.Hash();
            })),
            (Signature!, OutputTarget.Writing(stream => stream.Write(key.Sign(hash).ToJson()))),
        ];
    }

    /// <summary>Takes away the signature of what stood there before, where the new file has none.</summary>
    public void DropOldSignature()
    {
        if (Key is null && _path is not null)
        {
            File.Delete(_path + StateSignature.Suffix);
        }
    }
}
