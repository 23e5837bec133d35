using IndicatorCore.Aggregation;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Tests.Indicators;

public sealed class ReportBuilderTests
{
    // UTF-16 puts the last before the one ahead of it, UTF-8 does not; a zero byte sorts below every other and above the end
    private static readonly string?[] s_values = ["b", null, "", "a", "a\0", "a\0b", "aa", "产线", "é", "\uE000", "\U0001F600"];
    private static readonly (long Start, long End)[] s_windows = [(0, 3_600), (3_600, 7_200), (7_200, 9_000), (-3_600, 0)];

    [Fact]
    public void Rows_of_tables_stand_among_made_rows_in_the_order_of_the_contract()
    {
        var made = new List<IndicatorRow> { Row("m", ("line", "zz"), null), Row("m", ("line", "zz"), 0), Row("b.part", ("line", null), 0) };
        made.AddRange(s_values.SelectMany(static value => s_windows.Select(window => Row("m", ("line", value), window.Start))));
        string?[][] groups = [.. s_values.Select(static value => new[] { value })];
        var first = new TabledDefinition("b", ["b.x", "z"], made, TabledDefinition.Shape(["line"], groups, s_windows));
        var second = new TabledDefinition("c", ["a"], [], TabledDefinition.Shape(["line"], [["x"], .. groups.Skip(2)], s_windows));

        var report = Report(["line"], [], first, second);

        Assert.Equal(0, first.Made);
        var expected = report.Rows.ToList();
        expected.Sort(TabledDefinition.Compare);
        Assert.Equal(made.Count + report.Tables.Sum(static table => table.Length * table.Columns.Count), report.Rows.Count);
        Assert.Equal(expected.Select(Text), report.Rows.Select(Text));
        Assert.Equal(expected.Select(Text), Enumerable.Range(0, report.Rows.Count).Select(i => Text(report.Rows[i])));
        Assert.Equal(expected.Count, report.Rows.Select(Text).Distinct().Count());
        Assert.Equal(ResultDigest.Compute(expected, report.TimeZone), report.Manifest.RowDigest);
    }

    [Fact]
    public void Levels_come_as_they_were_asked_for()
    {
        var definition = new TabledDefinition(
            "t",
            [],
            [Row("r", ("factory", "b"), 0), Row("r", ("line", "b"), 0), Row("r", ("line", "a"), 0), Row("r", ("factory", "a"), 0)],
            TabledDefinition.Shape(["factory"], [["a"], ["b"]], [(0, 1), (1, 2)]),
            TabledDefinition.Shape(["line"], [["a"], ["b"]], [(0, 1), (1, 2)]));

        var report = Report(["line", "factory"], [], definition);

        Assert.Equal(
            ["line=a r 0", "line=a t 1", "line=b r 0", "line=b t 0", "line=b t 1", "factory=a r 0", "factory=a t 1", "factory=b r 0", "factory=b t 0", "factory=b t 1"],
            report.Rows.Select(static row => $"{row.Group[0].Key}={row.Group[0].Value} {row.Indicator} {row.WindowStart}"));
        Assert.Equal(["line", "factory"], report.Tables.Select(static table => table.Keys[0]));
    }

    [Fact]
    public void Sparse_places_are_ordered_like_dense_ones()
    {
        // every row has a window of its own, so that nearly all pairs of group and window are empty
        List<IndicatorRow> made = [.. Enumerable.Range(0, 500).Select(static i => Row("m", ("line", $"L{i * 7919 % 500:000}"), i * 104_729 % 500))];

        var report = Report(["line"], [], new TabledDefinition("m", [], made));

        var expected = made.ToList();
        expected.Sort(TabledDefinition.Compare);
        Assert.Equal(expected, report.Rows);
    }

    [Fact]
    public void Only_selected_columns_are_kept()
    {
        var definition = new TabledDefinition("t", ["t.a", "t.b"], [], TabledDefinition.Shape(["line"], [["x"]], s_windows));

        var report = Report(["line"], ["t.b"], definition);

        Assert.Equal(["t.b"], report.Tables.Single().Columns.Select(static column => column.Indicator));
        Assert.All(report.Rows, static row => Assert.Equal("t.b", row.Indicator));
        Assert.Empty(Report(["line"], ["u"], definition).Rows);
    }

    [Fact]
    public void The_digest_is_computed_once_and_when_it_is_asked_for()
    {
        var definition = new TabledDefinition("t", ["t.a"], [], TabledDefinition.Shape(["line"], [["x"], ["y"]], s_windows));
        var report = Report(["line"], [], definition);
        var copy = report.Manifest with { Profile = "other" };

        Assert.Equal(0, definition.Made);
        var digests = new string[8];
        Parallel.For(0, digests.Length, i => digests[i] = (i % 2 == 0 ? report.Manifest : copy).RowDigest);

        Assert.Equal(report.Rows.Count, definition.Made);
        var expected = ResultDigest.Compute([.. report.Rows], report.TimeZone);
        Assert.All(digests, digest => Assert.Equal(expected, digest));
    }

    [Fact]
    public void An_index_outside_the_rows_is_refused()
    {
        var rows = Report(["line"], [], new TabledDefinition("t", [], [], TabledDefinition.Shape(["line"], [["x"]], s_windows))).Rows;

        Assert.Throws<ArgumentOutOfRangeException>(() => rows[rows.Count]);
        Assert.Throws<ArgumentOutOfRangeException>(() => rows[-1]);
    }

    [Fact]
    public void The_memory_budget_is_charged_for_what_is_held_and_gets_it_back()
    {
        var shape = TabledDefinition.Shape(["line"], [.. Enumerable.Range(0, 3_000).Select(static i => new[] { $"L{i:0000}" })], s_windows);
        var definition = new TabledDefinition("t", [], [], shape);
        List<IndicatorRow> made = [.. Enumerable.Range(0, shape.Length).Select(static i => Row("m", ("line", $"L{i:0000}"), 0))];

        // a cell is some bytes, a row some hundreds
        const long Budget = 1 << 20;
        Assert.Equal(shape.Length, Report(["line"], [], Budget, definition).Rows.Count);
        var problem = Assert.Throws<LimitExceededException>(() => Report(["line"], [], Budget, new TabledDefinition("m", [], made)));
        Assert.True(problem.IsMemoryBudget);
    }

    internal static IndicatorReport Report(string[] levels, string[] select, params TabledDefinition[] definitions) => Report(levels, select, 1L << 30, definitions);

    private static IndicatorReport Report(string[] levels, string[] select, long budget, params TabledDefinition[] definitions)
    {
        using var engine = new IndicatorEngine(new IndicatorQuery { GroupBy = levels, TimeZone = "UTC" });
        var context = engine.Context;
        var limited = new EngineContext
        {
            Query = context.Query with { Select = select },
            Clock = context.Clock,
            Keys = context.Keys,
            Budget = new MemoryBudget(budget),
            Needs = context.Needs,
            Grain = context.Grain,
        };
        var report = new ReportBuilder(limited, new EngineState(limited), definitions, []).Build();
        Assert.Equal(0, limited.Budget.Used);
        return report;
    }

    private static IndicatorRow Row(string id, (string Key, string? Value) group, long? start) => new()
    {
        Indicator = id,
        Definition = id + "@1",
        Group = [KeyValuePair.Create(group.Key, group.Value)],
        WindowStart = start,
        WindowEnd = start + 1,
        Evidence = new Evidence(),
    };

    private static string Text(IndicatorRow row) => $"{row.Group[0].Key}={row.Group[0].Value ?? "(null)"} {row.WindowStart?.ToString() ?? "-"} {row.Indicator} {row.Value}";
}
