namespace IndicatorCore.Indicators.Declared;

/// <summary>Why a declared figure cannot be verified.</summary>
public enum DeclaredObstacle
{
    /// <summary>Nothing stands in the way.</summary>
    None,

    /// <summary>The text is no figure; <see cref="DeclaredText.Problem"/> says why.</summary>
    NotParsed,

    /// <summary>The unit written is not the indicator's, or it has one and none is written: 30 is neither 30 % nor 30 times.</summary>
    UnitMismatch,

    /// <summary>A rise or fall is declared of a figure that is a level: 联网率提升30% says nothing of the rate.</summary>
    ChangeOfLevel,

    /// <summary>There is no such figure of the factory.</summary>
    NoRow,

    /// <summary>The figure is not available, see <see cref="IndicatorRow.Reason"/>.</summary>
    NotAvailable,

    /// <summary>The figure is kept back, see <see cref="IndicatorRow.Reason"/>.</summary>
    Suppressed,
}
