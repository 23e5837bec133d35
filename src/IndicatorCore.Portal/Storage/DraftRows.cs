using System.Buffers;
using System.Security.Cryptography;
using IndicatorCore.Indicators;

namespace IndicatorCore.Portal.Storage;

/// <summary>The rows of a draft in the order of the publication, each once; then what the publication says of them. What stores have in common.</summary>
public sealed class DraftRows : IDisposable
{
    private readonly PublicationDraft _draft;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<string> _levels = [];
    private readonly SortedSet<string> _indicators = new(StringComparer.Ordinal);
    private long _count;
    private bool _isRead;

    /// <summary>The rows of a draft.</summary>
    /// <exception cref="ArgumentException">It has no view, two of one name, or a dataset's name that is none.</exception>
    public DraftRows(PublicationDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (!StoreNames.IsDataset(draft.Dataset))
        {
            throw new ArgumentException($"'{draft.Dataset}' names no dataset: 1 to 64 of a to z, 0 to 9, - and _.", nameof(draft));
        }

        if (draft.Views.Count == 0 || draft.Views.Select(static view => view.Key).Distinct(StringComparer.Ordinal).Count() < draft.Views.Count)
        {
            throw new ArgumentException("A publication has at least one view, and each once.", nameof(draft));
        }

        _draft = draft;
    }

    /// <summary>Reads them, once.</summary>
    public IEnumerable<DraftRow> Read()
    {
        var tree = new PlaceTree(_draft.Places);
        var buffer = new ArrayBufferWriter<byte>(4096);
        foreach (var (view, report) in _draft.Views)
        {
            IReadOnlyList<KeyValuePair<string, string?>>? group = null;
            var level = string.Empty;
            var place = default(RowPlace);
            foreach (var row in report.Rows)
            {
                if (!ReferenceEquals(group, row.Group))
                {
                    group = row.Group;
                    level = Level(string.Join(',', group.Select(static pair => pair.Key)));
                    place = tree.Of(group);
                }

                _indicators.Add(row.Indicator);
                buffer.ResetWrittenCount();
                ResultRowJson.Write(buffer, row, report.TimeZone);
                var length = buffer.WrittenCount;
                buffer.Write("\n"u8);
                _hash.AppendData(buffer.WrittenSpan);
                yield return new DraftRow(_count++, view, level, row, place, buffer.WrittenMemory[..length]);
            }
        }

        _isRead = true;
    }

    /// <summary>What the publication says of itself.</summary>
    /// <param name="revision">Its number.</param>
    /// <exception cref="InvalidOperationException">The rows were not read to their end.</exception>
    public Publication ToPublication(int revision)
    {
        if (!_isRead)
        {
            throw new InvalidOperationException("The rows are read first.");
        }

        var first = _draft.Views[0].Value;
        return new Publication
        {
            Dataset = _draft.Dataset,
            Revision = revision,
            PublishedAt = _draft.PublishedAt.ToUniversalTime(),
            Digest = Convert.ToHexStringLower(_hash.GetCurrentHash()),
            Rows = _count,
            Changes = _draft.Changes,
            Views = [.. _draft.Views.Select(static view => view.Key)],
            Levels = [.. _levels],
            Indicators = [.. _indicators],
            TimeZone = first.TimeZone.Id,
            ReferenceDate = first.Manifest.ReferenceDate,
            IsDisclosed = first.Manifest.Disclosure.StartsWith("applied", StringComparison.Ordinal),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private string Level(string level)
    {
        if (!_levels.Contains(level))
        {
            _levels.Add(level);
        }

        return level;
    }
}
