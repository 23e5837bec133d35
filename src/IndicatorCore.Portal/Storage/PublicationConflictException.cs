namespace IndicatorCore.Portal.Storage;

/// <summary>Another revision of the dataset was published meanwhile: take it up and publish again.</summary>
public sealed class PublicationConflictException : Exception
{
    /// <summary>Without a message.</summary>
    public PublicationConflictException()
    {
    }

    /// <summary>With a message.</summary>
    public PublicationConflictException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public PublicationConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
