using IndicatorCore.Adapters.Results;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Declared;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Computing;

/// <summary>
/// Makes the next revision of a dataset: takes up the newest state, reads what is new, and publishes every view of the one state. Several may work on one store: who comes
/// second starts again on what the first has published.
/// </summary>
/// <param name="store">The store, open.</param>
/// <param name="time">The clock that publications are stamped with; null = the system's.</param>
public sealed class Publisher(IPortalStore store, TimeProvider? time = null)
{
    private const int MostAttempts = 20;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>An engine for a recipe, with nothing read: for what can be read only once, before <see cref="PublishAsync"/> merges it.</summary>
    /// <exception cref="ConfigurationException">The recipe contradicts itself.</exception>
    public static IndicatorEngine NewEngine(PortalRecipe recipe) => new(RecipeQuery.Of(recipe));

    /// <summary>Publishes what is new.</summary>
    /// <param name="recipe">What is computed.</param>
    /// <param name="read">
    /// Lets the engine, which holds all that was published before, read more: files, or another engine to merge. Called again where somebody else has published meanwhile.
    /// </param>
    /// <param name="cancellationToken">Stops it; nothing is published then.</param>
    /// <exception cref="IndicatorDataException">What was read is faulty, or the published state is of another question.</exception>
    /// <exception cref="PublicationConflictException">Others have published again and again.</exception>
    public async Task<PublishOutcome> PublishAsync(PortalRecipe recipe, Func<IndicatorEngine, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(read);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryPublishAsync(recipe, read, cancellationToken).ConfigureAwait(false);
            }
            catch (PublicationConflictException) when (attempt < MostAttempts)
            {
                // somebody else was first: go on from there
            }
        }
    }

    /// <summary>Merges a state file into what is published.</summary>
    /// <param name="recipe">What is computed.</param>
    /// <param name="path">The state file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IndicatorDataException">It is no state file, or not of this question.</exception>
    public async Task<PublishOutcome> PublishStateAsync(PortalRecipe recipe, string path, CancellationToken cancellationToken)
    {
        // through an engine of its own: what is merged so leaves the numbers of the revisions alone
        var fresh = NewEngine(recipe);
        await using (fresh.ConfigureAwait(false))
        {
            await fresh.MergeStateAsync(path, cancellationToken).ConfigureAwait(false);
            return await PublishAsync(recipe, Merging(fresh), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads nothing but what another engine has read.</summary>
    public static Func<IndicatorEngine, CancellationToken, Task> Merging(IndicatorEngine fresh) => (engine, _) =>
    {
        engine.Merge(fresh);
        return Task.CompletedTask;
    };

    private async Task<PublishOutcome> TryPublishAsync(PortalRecipe recipe, Func<IndicatorEngine, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        var current = await store.FindAsync(recipe.Dataset, revision: null, cancellationToken).ConfigureAwait(false);
        var query = RecipeQuery.Of(recipe);
        var engine = new IndicatorEngine(query);
        await using (engine.ConfigureAwait(false))
        {
            IReadOnlyList<KeyValuePair<string, IndicatorReport>>? before = null;
            if (current is not null)
            {
                await TakeUpAsync(engine, current, cancellationToken).ConfigureAwait(false);
                before = Views(recipe, query, engine, cancellationToken);
            }

            var known = engine.Revisions;
            await read(engine, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            engine.Revise();
            if (current is not null && IsSame(known, engine.Revisions))
            {
                return new PublishOutcome(current, IsNew: false);
            }

            var views = Views(recipe, query, engine, cancellationToken);
            var difference = before is null ? null : new RevisionDifference(before, views);
            var draft = new PublicationDraft
            {
                Dataset = recipe.Dataset,
                Follows = current?.Revision ?? 0,
                PublishedAt = _time.GetUtcNow(),
                Views = views,
                Places = RegistryPlaces.Of(query.Registry),
                Attachments = Attachments(query, engine, views, difference),
                Changes = difference?.Count,
            };
            return new PublishOutcome(await store.PublishAsync(draft, cancellationToken).ConfigureAwait(false), IsNew: true);
        }
    }

    private async Task TakeUpAsync(IndicatorEngine engine, Publication current, CancellationToken cancellationToken)
    {
        var state = await StateCopy.OpenAsync(store, current, cancellationToken).ConfigureAwait(false);
        await using (state.ConfigureAwait(false))
        {
            try
            {
                await engine.MergeStateAsync(state.Path, cancellationToken).ConfigureAwait(false);
            }
            catch (StateMismatchException problem)
            {
                throw new ConfigurationException(
                    $"The dataset '{current.Dataset}' was published of another question: {problem.Problem}", advice: "Publish this one as another dataset, or ask as before.");
            }
        }
    }

    private static List<KeyValuePair<string, IndicatorReport>> Views(PortalRecipe recipe, IndicatorQuery query, IndicatorEngine engine, CancellationToken cancellationToken)
    {
        var views = new List<KeyValuePair<string, IndicatorReport>> { KeyValuePair.Create("default", PublicNames.Of(engine.Finish(cancellationToken))) };
        foreach (var window in recipe.Windows)
        {
            using var other = new IndicatorEngine(query with { Window = window, CoverageCells = false });
            other.Merge(engine);
            views.Add(KeyValuePair.Create(window.ToString().ToLowerInvariant(), PublicNames.Of(other.Finish(cancellationToken))));
        }

        return views;
    }

    private static Dictionary<Attachment, Action<Stream>> Attachments(
        IndicatorQuery query, IndicatorEngine engine, List<KeyValuePair<string, IndicatorReport>> views, RevisionDifference? difference)
    {
        var figures = views[0].Value;
        var attachments = new Dictionary<Attachment, Action<Stream>>
        {
            [Attachment.Manifest] = output => ManifestJson.Write(figures, output),
            [Attachment.State] = engine.SaveState,
            [Attachment.Coverage] = output => CoverageText.Write(figures.CoverageCells, output),
        };
        if (query.Registry is { Declared.Count: > 0 } registry)
        {
            attachments.Add(Attachment.Declared, output => new DeclaredWriter(DeclaredFormat.Json).Write(DeclaredCheck.Compare(registry, figures), output));
        }

        if (difference is not null)
        {
            attachments.Add(Attachment.Difference, difference.Write);
        }

        return attachments;
    }

    private static bool IsSame(IReadOnlyList<StateRevision> left, IReadOnlyList<StateRevision> right) =>
        left.Count == right.Count && left.Zip(right).All(static pair => ReferenceEquals(pair.First, pair.Second) || pair.First == pair.Second);
}
