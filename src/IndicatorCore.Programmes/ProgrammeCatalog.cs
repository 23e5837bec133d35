using IndicatorCore.Errors;
using IndicatorCore.Programmes.Catalog;

namespace IndicatorCore.Programmes;

/// <summary>The programmes that come with the library.</summary>
public static class ProgrammeCatalog
{
    /// <summary>All of them, in the order of interface 3.</summary>
    public static IReadOnlyList<Programme> All { get; } =
    [
        Liaoning2024.Programme, Recommendations.Liaoning, Recommendations.National, NationalLibrary.Programme, Tianjin2023.Programme,
        LiaoningZone.Programme, GuangdongPark.Programme, Statistics.Directory, Statistics.Monitoring, Statistics.Grading,
    ];

    /// <summary>The programme of that name.</summary>
    /// <param name="id">Such as <c>tianjin-2023</c>.</param>
    /// <exception cref="ConfigurationException">There is none; the message says which there are.</exception>
    public static Programme Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return All.FirstOrDefault(programme => programme.Id == id)
            ?? throw new ConfigurationException(
                $"there is no programme '{id}'", advice: NearestName.Advice(id, [.. All.Select(static programme => programme.Id)]));
    }
}
