namespace IndicatorCore.Indicators.Declared;

/// <summary>How a declared figure binds the true one.</summary>
public enum DeclaredRelation
{
    /// <summary>30%, 达到30%.</summary>
    Equal,

    /// <summary>约30%, 30%左右, 近30%.</summary>
    Approximate,

    /// <summary>30%以上, ≥30%, 不低于30%: the number included (Civil Code, article 1259).</summary>
    AtLeast,

    /// <summary>＞30%, 超过30%, 30余台: the number excluded.</summary>
    GreaterThan,

    /// <summary>20ms以内, ≤20ms, 不超过20ms: the number included.</summary>
    AtMost,

    /// <summary>＜20ms, 不足20ms: the number excluded.</summary>
    LessThan,

    /// <summary>30%~35%, both ends included.</summary>
    Interval,
}
