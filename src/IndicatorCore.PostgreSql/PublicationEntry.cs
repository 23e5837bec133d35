using IndicatorCore.Portal.Storage;

namespace IndicatorCore.PostgreSql;

/// <summary>A publication and the number by which its tables are named.</summary>
internal sealed record PublicationEntry(int Id, Publication Publication)
{
    /// <summary>The columns of ic_data.publications that <see cref="Read"/> takes, in order.</summary>
    public const string Columns =
        "id, dataset, revision, published_at, digest, row_count, changes, views, levels, indicators, time_zone, reference_date, is_disclosed";

    public static PublicationEntry Read(Npgsql.NpgsqlDataReader reader) => new(reader.GetInt32(0), new Publication
    {
        Dataset = reader.GetString(1),
        Revision = reader.GetInt32(2),
        PublishedAt = reader.GetFieldValue<DateTimeOffset>(3),
        Digest = reader.GetString(4),
        Rows = reader.GetInt64(5),
        Changes = reader.IsDBNull(6) ? null : reader.GetInt64(6),
        Views = reader.GetFieldValue<string[]>(7),
        Levels = reader.GetFieldValue<string[]>(8),
        Indicators = reader.GetFieldValue<string[]>(9),
        TimeZone = reader.GetString(10),
        ReferenceDate = reader.IsDBNull(11) ? null : reader.GetInt64(11),
        IsDisclosed = reader.GetBoolean(12),
    });
}
