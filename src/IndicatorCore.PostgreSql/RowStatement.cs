using System.Buffers;
using System.Text;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Storage;
using Npgsql;
using NpgsqlTypes;

namespace IndicatorCore.PostgreSql;

/// <summary>A query of rows as SQL over the tables of one publication. Values are parameters; what is text in the SQL are numbers of our own.</summary>
internal sealed class RowStatement
{
    private readonly int _id;
    private readonly RowQuery _query;
    private readonly List<NpgsqlParameter> _parameters = [];
    private readonly StringBuilder _where = new();
    private readonly StringBuilder _question = new();

    private RowStatement(int id, RowQuery query)
    {
        _id = id;
        _query = query;
    }

    /// <summary>What it asks, without order and page: the same question has the same number of rows.</summary>
    public string Question => _question.ToString();

    /// <summary>The statement, or null where no row can be meant.</summary>
    /// <param name="id">The publication.</param>
    /// <param name="series">Its series; the place in the list is the number.</param>
    /// <param name="query">The query.</param>
    public static RowStatement? Of(int id, IReadOnlyList<Series> series, RowQuery query)
    {
        var statement = new RowStatement(id, query);
        return statement.AddSeries(series) && statement.AddStatuses() && statement.AddWindows() && statement.AddGroups() ? statement : null;
    }

    /// <summary>Finds the page's rows: by an index alone where it can, then their bytes.</summary>
    public NpgsqlCommand Page(NpgsqlConnection connection)
    {
        var (key, order) = _query.Sort switch
        {
            RowSort.ValueAscending => ("r.value", "key asc nulls last, number"),
            RowSort.ValueDescending => ("r.value", "key desc nulls last, number"),
            RowSort.Window => ("r.window_start", "key asc nulls last, number"),
            _ => ("0", "number"),
        };
        var command = Command(connection, $"""
            with page as materialized (
                select r.number, {key} as key from ic_data.rows_{_id} r {_where} order by {order} limit ${_parameters.Count + 1} offset ${_parameters.Count + 2})
            select page.number, r.json from page join ic_data.rows_{_id} r on r.number = page.number order by {order.Replace("number", "page.number", StringComparison.Ordinal)}
            """);
        command.Parameters.Add(new() { Value = (long)_query.Limit });
        command.Parameters.Add(new() { Value = _query.Offset });
        return command;
    }

    /// <summary>Counts the rows of all pages.</summary>
    public NpgsqlCommand Count(NpgsqlConnection connection) => Command(connection, $"select count(*) from ic_data.rows_{_id} r {_where}");

    private NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in _parameters)
        {
            command.Parameters.Add(parameter.Clone());
        }

        return command;
    }

    private bool AddSeries(IReadOnlyList<Series> series)
    {
        var wanted = new List<int>();
        for (var i = 0; i < series.Count; i++)
        {
            if (series[i].View == _query.View && (_query.Level is null || series[i].Level == _query.Level) && (_query.Indicators is null || _query.Indicators.Contains(series[i].Indicator)))
            {
                wanted.Add(i);
            }
        }

        // the publication's number is in the index before the series
        Add($"r.publication = {_id}", $"{_id}");
        if (wanted.Count == 1)
        {
            Add($"r.series = {Parameter(wanted[0])}", $"s{wanted[0]}");
        }
        else if (wanted.Count < series.Count)
        {
            Add($"r.series = any({Parameter(wanted.ToArray())})", $"s{string.Join(',', wanted)}");
        }

        return wanted.Count > 0;
    }

    private bool AddStatuses()
    {
        if (_query.Statuses is null)
        {
            return true;
        }

        short[] wanted = [.. Enum.GetValues<ResultStatus>().Where(status => _query.Statuses.Contains(ResultNames.Of(status))).Select(static status => (short)status)];
        Add($"r.status = any({Parameter(wanted)})", $"t{string.Join(',', wanted)}");
        return wanted.Length > 0;
    }

    private bool AddWindows()
    {
        if (_query.From is null && _query.To is null)
        {
            return true;
        }

        Add("r.window_start is not null and r.window_end is not null", "w");
        if (_query.From is { } from)
        {
            Add($"r.window_end > {Parameter(from)}", $"f{from}");
        }

        if (_query.To is { } to)
        {
            Add($"r.window_start < {Parameter(to)}", $"u{to}");
        }

        return true;
    }

    private bool AddGroups()
    {
        var conditions = new List<string>();
        foreach (var pair in _query.Group)
        {
            var json = PublicationWriter.GroupJson([pair], new ArrayBufferWriter<byte>(64));
            conditions.Add($"g.data @> {Parameter(json, NpgsqlDbType.Jsonb)}");
            _question.Append('g').Append(json);
        }

        if (_query.Within is { } scopes && !scopes.Any(static scope => scope.Kind == PlaceKind.All))
        {
            var places = new List<string>();
            foreach (var (kind, column) in new[] { (PlaceKind.Province, "province"), (PlaceKind.City, "city"), (PlaceKind.Factory, "factory") })
            {
                string[] values = [.. scopes.Where(scope => scope.Kind == kind).Select(static scope => StoredText.Of(scope.Value)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
                if (values.Length > 0)
                {
                    places.Add($"g.{column} = any({Parameter(values)})");
                    _question.Append(column[0]).Append(PublicationWriter.GroupJson(values.Select(static value => KeyValuePair.Create(value, (string?)null)), new ArrayBufferWriter<byte>(64)));
                }
            }

            if (places.Count == 0)
            {
                return false;
            }

            conditions.Add($"({string.Join(" or ", places)})");
        }

        if (conditions.Count > 0)
        {
            if (_query.Level is { } level)
            {
                conditions.Add($"g.level = {Parameter(StoredText.Of(level))}");
            }

            Add($"r.group_id in (select g.id from ic_data.groups_{_id} g where {string.Join(" and ", conditions)})", string.Empty);
        }

        return true;
    }

    private void Add(string condition, string question)
    {
        _where.Append(_where.Length == 0 ? "where " : " and ").Append(condition);
        _question.Append(question).Append(' ');
    }

    private string Parameter(object value, NpgsqlDbType? type = null)
    {
        var parameter = new NpgsqlParameter { Value = value };
        if (type is { } known)
        {
            parameter.NpgsqlDbType = known;
        }

        _parameters.Add(parameter);
        return $"${_parameters.Count}";
    }
}
