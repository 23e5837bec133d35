using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.Reading.Checkpoints;

/// <summary>An input that may yet be dropped whole (<c>--on-bad skip</c>, decisions D8): its state stands apart until it is read to its end.</summary>
internal sealed class CheckpointUnit(InputTally input, EngineContext context)
{
    /// <summary>State that is in files.</summary>
    public EngineState Saved { get; } = new(context);

    /// <summary>What of the input is in them.</summary>
    public InputTally SavedTally { get; } = input.Empty();

    /// <summary>State since.</summary>
    public EngineState Fresh { get; private set; } = new(context);

    /// <summary>What of the input is in it.</summary>
    public InputTally FreshTally { get; private set; } = input.Empty();

    /// <summary>The files.</summary>
    public List<long> Files { get; } = [];

    /// <summary>What has been written to a file is fresh no longer.</summary>
    public void Keep(long file)
    {
        Files.Add(file);
        Saved.TakeFrom(Fresh);
        SavedTally.MergeFrom(FreshTally);
        Fresh = new EngineState(context);
        FreshTally = SavedTally.Empty();
    }
}
