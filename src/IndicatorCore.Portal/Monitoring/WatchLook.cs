using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Monitoring;

/// <summary>What came of one look into the folder.</summary>
/// <param name="Publication">The newest publication, or null before there is one.</param>
/// <param name="IsNew">Whether it was published now.</param>
/// <param name="Taken">How many files were taken now, replays included.</param>
/// <param name="Waiting">How many files are not whole, or cannot be read yet.</param>
/// <param name="SetAside">How many files have been set aside.</param>
public sealed record WatchLook(Publication? Publication, bool IsNew, int Taken, int Waiting, int SetAside);
