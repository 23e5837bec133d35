using IndicatorCore.Columns;

namespace IndicatorCore.Ipc;

/// <summary>What is to be done with the body of a stream's message.</summary>
/// <param name="Lease">Where its needed ranges go; null when it is passed over.</param>
/// <param name="Dictionary">The dictionary that it belongs to, or null for a record batch.</param>
/// <param name="Ranges">How many needed ranges the lease lists.</param>
/// <param name="BodyLength">Bytes of the body.</param>
/// <param name="IsDelta">For dictionaries: whether the values are added to the present ones.</param>
internal readonly record struct MessagePlan(BatchLease? Lease, DictionaryAccumulator? Dictionary, int Ranges, long BodyLength, bool IsDelta);
