using IndicatorCore.Aggregation;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>Indicators to plans: equal columns, predicates and accumulators become one.</summary>
internal sealed class UserPlanCompiler
{
    private readonly List<UserColumn> _columns = [];
    private readonly List<UserPredicate> _predicates = [];
    private readonly Dictionary<string, int> _columnOf = [];
    private readonly Dictionary<string, int> _predicateOf = [];
    private readonly List<int> _counts = [];
    private readonly List<int> _classes = [];
    private readonly List<UserExtreme> _extremes = [];
    private readonly List<UserSum> _sums = [];
    private readonly List<UserTerm> _distincts = [];
    private readonly List<UserTerm> _quantiles = [];
    private readonly List<UserFigure> _figures = [];
    private bool _byProduct;

    private UserPlanCompiler()
    {
        Predicate(UserWhere.Always);
        Place(_counts, 0);
    }

    /// <summary>One plan a table, in the order of the catalogue.</summary>
    /// <param name="indicators">The indicators, ids distinct.</param>
    public static IReadOnlyList<UserPlan> Compile(IEnumerable<UserIndicator> indicators)
    {
        var plans = new List<UserPlan>();
        var lanes = 0;
        foreach (var table in indicators.GroupBy(static indicator => indicator.Table).OrderBy(static table => TableCatalog.IndexOf(table.Key)))
        {
            var compiler = new UserPlanCompiler();
            foreach (var indicator in table.OrderBy(static indicator => indicator.Id, StringComparer.Ordinal))
            {
                compiler.Add(indicator);
            }

            plans.Add(compiler.Plan(plans.Count, table.Key, ref lanes));
        }

        return plans;
    }

    private void Add(UserIndicator indicator)
    {
        if (indicator.Numerator is not null)
        {
            AddSides(indicator, indicator.Numerator);
            return;
        }

        var where = Predicate(indicator.Aggregate == UserAggregate.Share ? UserWhere.All([indicator.Where, indicator.Of]) : indicator.Where);
        var column = indicator.Column is null ? -1 : Column(indicator.Column);
        var denominator = -1;
        int accumulator;
        switch (indicator.Aggregate)
        {
            case UserAggregate.Count:
                accumulator = Place(_counts, where);
                break;
            case UserAggregate.Share:
                accumulator = Place(_counts, where);
                denominator = Place(_counts, Predicate(indicator.Of));
                break;
            case UserAggregate.Sum:
                accumulator = Place(_sums, new UserSum(column, where));
                break;
            case UserAggregate.Min or UserAggregate.Max:
                accumulator = Place(_extremes, new UserExtreme(column, where, indicator.Aggregate == UserAggregate.Min));
                break;
            case UserAggregate.Distinct:
                accumulator = Place(_distincts, new UserTerm(column, where));
                break;
            default:
                accumulator = Place(_quantiles, new UserTerm(column, where));
                break;
        }

        Add(new UserFigure(indicator, accumulator, denominator, Class: -1, Columns: []), column);
    }

    private void AddSides(UserIndicator indicator, UserSide numerator)
    {
        var denominator = indicator.Denominator;
        var figure = new UserFigure(indicator, Accumulator: -1, Denominator: -1, Class: -1, Columns: []);
        if (indicator.Aggregate == UserAggregate.Fisher)
        {
            // both sums are over rows with both: input without output is unmatched
            var (output, input) = (numerator, denominator!);
            figure = figure with
            {
                Above = Amount(output with { Where = indicator.Counted }),
                Below = Amount(input with { Where = indicator.Counted }),
                Produced = Amount(output),
                Unmatched = Amount(input with { Where = UserWhere.All([input.Where, UserWhere.Not(UserWhere.Valid(output.Column!))]) }),
            };
            _byProduct |= indicator.Index!.ByProduct;
        }
        else
        {
            figure = figure with { Above = Amount(numerator), Below = denominator is null ? null : Amount(denominator) };
        }

        if (indicator.Index is not null || indicator.Aggregate is UserAggregate.Mean or UserAggregate.Sum)
        {
            figure = figure with { Counted = Place(_counts, Predicate(indicator.Counted)) };
        }

        Add(figure, (indicator.Column ?? numerator.Column ?? denominator?.Column) is { } column ? Column(column) : -1);
    }

    private void Add(UserFigure figure, int column)
    {
        var indicator = figure.Indicator;
        int[] columns = [.. indicator.Columns.Select(Column)];
        var shown = column >= 0 ? column : indicator.ConditionColumns == 1 ? columns[0] : -1;
        figure = figure with { Class = shown < 0 ? -1 : Place(_classes, shown), Columns = columns };
        if (indicator.Rules.Any)
        {
            var counted = Predicate(indicator.Counted);
            figure = figure with
            {
                Counted = Place(_counts, counted),
                Devices = indicator.Rules.MinDevices > 0 ? Place(_distincts, new UserTerm(Column(UserColumn.Device), counted)) : -1,
            };
        }

        _figures.Add(figure);
    }

    private UserAmount Amount(UserSide side)
    {
        var where = Predicate(side.Where);
        if (side.Column is null)
        {
            return new UserAmount(Place(_counts, where), Sums: 0, Places: 0);
        }

        var column = Column(side.Column);
        if (side.Weight is null)
        {
            return new UserAmount(Place(_sums, new UserSum(column, where)), Sums: 1, side.Places);
        }

        // a product is one whichever factor is named first
        var weight = Column(side.Weight);
        (column, weight) = (Math.Min(column, weight), Math.Max(column, weight));
        var at = Place(_sums, new UserSum(column, where, weight));
        for (var limb = 1; limb < ProductLimbs.Count; limb++)
        {
            Place(_sums, new UserSum(column, where, weight, limb));
        }

        return new UserAmount(at, ProductLimbs.Count, side.Places);
    }

    // until all accumulators are known, amounts hold their places among Counts or Sums
    private static UserAmount? Located(UserAmount? amount, int counts, int sums) =>
        amount is { } known ? known with { At = known.Sums == 0 ? counts + known.At : sums + (2 * known.At) } : null;

    private UserPlan Plan(int number, string table, ref int lanes)
    {
        if (_byProduct)
        {
            Column(UserColumn.Product);
        }

        var columnLanes = new Lane[_columns.Count];
        for (var i = 0; i < columnLanes.Length; i++)
        {
            columnLanes[i] = _columns[i].ScopeLane ?? RowChunk.UserLane(lanes++);
        }

        var feeds = new List<UserFeed>();
        foreach (var measure in table == TableCatalog.Telemetry ? [] : TableCatalog.Find(table)!.Measures)
        {
            var isKey = UserMeasure.KindOf(measure) == CanonicalKind.Key;
            feeds.Add(new UserFeed(measure, isKey ? new UserColumn(measure, UserColumnRole.Key, null).ScopeLane ?? RowChunk.UserLane(lanes++) : RowChunk.UserLane(lanes++), isKey));
        }

        var plan = new UserPlan
        {
            Number = number,
            Table = table,
            Columns = [.. _columns],
            Lanes = columnLanes,
            Feeds = [.. feeds],
            Predicates = [.. _predicates],
            Counts = [.. _counts],
            Classes = [.. _classes],
            Extremes = [.. _extremes],
            Sums = [.. _sums],
            Distincts = [.. _distincts],
            Quantiles = [.. _quantiles],
            Figures = [],
            ByProduct = _byProduct,
        };
        return plan with
        {
            Figures = [.. _figures.Select(figure => figure with
            {
                Above = Located(figure.Above, plan.CountsAt, plan.SumsAt),
                Below = Located(figure.Below, plan.CountsAt, plan.SumsAt),
                Produced = Located(figure.Produced, plan.CountsAt, plan.SumsAt),
                Unmatched = Located(figure.Unmatched, plan.CountsAt, plan.SumsAt),
            })],
        };
    }

    private int Column(UserColumn column)
    {
        if (!_columnOf.TryGetValue(column.Key, out var number))
        {
            _columnOf.Add(column.Key, number = _columns.Count);
            _columns.Add(column);
        }

        return number;
    }

    private int Predicate(UserWhere where)
    {
        if (!_predicateOf.TryGetValue(where.Key, out var number))
        {
            int[] operands = [.. where.Operands.Select(Predicate)];
            var column = where.Column is null ? -1 : Column(where.Column);
            _predicateOf.Add(where.Key, number = _predicates.Count);
            _predicates.Add(new UserPredicate(where.Kind, column, where.Low, where.High, where.Values, where.Texts, operands));
        }

        return number;
    }

    private static int Place<T>(List<T> list, T item)
    {
        var at = list.IndexOf(item);
        if (at < 0)
        {
            at = list.Count;
            list.Add(item);
        }

        return at;
    }
}
