using IndicatorCore.Programmes.Filling;

namespace IndicatorCore.Programmes.Writing;

/// <summary>Writes a filled form in one format.</summary>
public interface IFormWriter
{
    /// <summary>Writes the form; equal forms give equal bytes.</summary>
    /// <param name="form">The form.</param>
    /// <param name="output">Takes the bytes, and stays open.</param>
    void Write(FilledForm form, Stream output);
}
