using System.Buffers;
using System.Text;
using IndicatorCore.Indicators;

namespace IndicatorCore.Portal.Monitoring;

/// <summary>An alert as it stands in the log <c>alerts</c> of the store and is posted.</summary>
public sealed record Alert
{
    /// <summary>What it is told apart by: the dataset and a number.</summary>
    public required string Id { get; init; }

    /// <summary>When it was raised or cleared.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>What it is about.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>Whether what was raised before holds no longer.</summary>
    public bool IsCleared { get; init; }

    /// <summary>The dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The revision that it was judged by, 0 before there was one.</summary>
    public int Revision { get; init; }

    /// <summary>The indicator, or null.</summary>
    public string? Indicator { get; init; }

    /// <summary>The group, or null where it is of the whole.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>>? Group { get; init; }

    /// <summary>The published figure, or null.</summary>
    public double? Value { get; init; }

    /// <summary>The threshold, or null.</summary>
    public double? Threshold { get; init; }

    /// <summary>What happened, in one sentence without paths of the server.</summary>
    public required string Text { get; init; }

    /// <summary>The kind as it is written.</summary>
    public static string NameOf(AlertKind kind) => kind == AlertKind.SetAside ? "set_aside" : kind.ToString().ToLowerInvariant();

    /// <summary>One line of JSON, without a line end.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var json = new JsonOutput(buffer);
        json.StartObject();
        json.Name("id");
        json.Value(Id);
        json.Name("at");
        json.Instant((At.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick, TimeZoneInfo.Utc);
        json.Name("rule");
        json.Value(Rule);
        json.Name("kind");
        json.Value(NameOf(Kind));
        json.Name("state");
        json.Value(IsCleared ? "cleared" : "raised");
        json.Name("dataset");
        json.Value(Dataset);
        json.Name("revision");
        json.Value(Revision);
        json.Name("indicator");
        json.Value(Indicator);
        json.Name("group");
        if (Group is null)
        {
            json.Null();
        }
        else
        {
            json.StartObject();
            foreach (var (key, value) in Group)
            {
                json.Name(key);
                json.Value(value);
            }

            json.EndObject();
        }

        json.Name("value");
        json.Value(Value);
        json.Name("threshold");
        json.Value(Threshold);
        json.Name("text");
        json.Value(Text);
        json.EndObject();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
