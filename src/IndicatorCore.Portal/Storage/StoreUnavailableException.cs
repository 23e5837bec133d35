namespace IndicatorCore.Portal.Storage;

/// <summary>The store does not answer now: nothing is wrong with what was asked, ask again later.</summary>
public sealed class StoreUnavailableException : IOException
{
    /// <summary>Without a message.</summary>
    public StoreUnavailableException()
    {
    }

    /// <summary>With a message.</summary>
    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
