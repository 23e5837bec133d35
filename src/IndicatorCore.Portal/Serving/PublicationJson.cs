using IndicatorCore.Indicators;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Serving;

/// <summary>A publication as the endpoints describe it.</summary>
internal static class PublicationJson
{
    /// <summary>Writes it as the next value.</summary>
    public static void Write(JsonOutput json, Publication publication)
    {
        var zone = Zone(publication);
        json.StartObject();
        json.Name("dataset");
        json.Value(publication.Dataset);
        json.Name("revision");
        json.Value(publication.Revision);
        json.Name("published_at");
        json.Instant((publication.PublishedAt.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick, zone);
        json.Name("digest");
        json.Value(publication.Digest);
        json.Name("rows");
        json.Value(publication.Rows);
        json.Name("changes");
        if (publication.Changes is { } changes)
        {
            json.Value(changes);
        }
        else
        {
            json.Null();
        }

        Texts("views", publication.Views);
        Texts("levels", publication.Levels);
        Texts("indicators", publication.Indicators);
        json.Name("time_zone");
        json.Value(publication.TimeZone);
        json.Name("reference_date");
        json.Instant(publication.ReferenceDate, zone);
        json.Name("disclosed");
        json.Value(publication.IsDisclosed);
        json.EndObject();

        void Texts(string name, IReadOnlyList<string> texts)
        {
            json.Name(name);
            json.StartArray();
            foreach (var text in texts)
            {
                json.Value(text);
            }

            json.EndArray();
        }
    }

    /// <summary>The dataset's zone.</summary>
    public static TimeZoneInfo Zone(Publication publication) => TimeZoneInfo.TryFindSystemTimeZoneById(publication.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
