using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>An indicator of a definition file that is made of the accumulators of one table.</summary>
internal abstract class UserTableDefinition : IndicatorDefinition
{
    /// <summary>Makes the definition.</summary>
    /// <param name="plan">The plan of its table.</param>
    /// <param name="figure">Its place among the plan's figures.</param>
    protected UserTableDefinition(UserPlan plan, int figure)
    {
        Plan = plan;
        Figure = plan.Figures[figure];
        Description = Figure.Indicator.Describe();
    }

    /// <summary>The plan of its table.</summary>
    public UserPlan Plan { get; }

    /// <inheritdoc/>
    public override IndicatorDescription Description { get; }

    /// <inheritdoc/>
    public override TableNeeds Needs => TableNeeds.None;

    /// <inheritdoc/>
    public override string Table => Plan.Table;

    /// <summary>How it is made of the plan.</summary>
    protected UserFigure Figure { get; }

    /// <summary>The definition of a figure of a plan.</summary>
    public static UserTableDefinition Of(UserPlan plan, int figure) =>
        plan.Figures[figure].Indicator.Index is null ? new UserDefinition(plan, figure) : new UserIndexDefinition(plan, figure);
}
