using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Monitoring;

/// <summary>
/// Publishes exports as they come into a folder, and raises alerts. What was taken is told by the published state alone: whatever ends this, whenever, nothing is counted twice and
/// nothing is lost. One call at a time.
/// </summary>
public sealed class ExportWatch : IDisposable
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(5);

    private readonly IPortalStore _store;
    private readonly PortalRecipe _recipe;
    private readonly ExportWatchOptions _options;
    private readonly TimeProvider _time;
    private readonly Publisher _publisher;
    private readonly Arrivals _arrivals;
    private readonly FigureJudge _judge;
    private readonly AlertBook _book;
    private readonly Webhook? _webhook;
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly string _rulesDigest;
    private readonly DateTimeOffset _started;
    private string _settings;
    private string? _lastProblem;
    private IReadOnlyDictionary<string, (string Stamp, DateTimeOffset Since)>? _waited;

    /// <summary>Watches a folder.</summary>
    /// <param name="store">The store, open.</param>
    /// <param name="recipe">What is computed.</param>
    /// <param name="options">How.</param>
    /// <param name="time">The clock; null = the system's.</param>
    /// <exception cref="ConfigurationException">A rule is about what is not published.</exception>
    public ExportWatch(IPortalStore store, PortalRecipe recipe, ExportWatchOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(options);
        options.Rules.Check(recipe);
        (_store, _recipe, _options, _time) = (store, recipe, options, time ?? TimeProvider.System);
        _publisher = new Publisher(store, _time);
        _arrivals = new Arrivals(options.Folder, options.Except, _time);
        _judge = new FigureJudge(store, options.Rules);
        _book = new AlertBook(store, recipe.Dataset, options.Rules.Webhook is not null);
        _webhook = options.Rules.Webhook is { } target ? new Webhook(target, options.WebhookSecret, _time) : null;
        _rulesDigest = DigestOf(options.Rules);
        _started = _time.GetUtcNow();
        _settings = SettingsStamp();
    }

    /// <summary>Looks again and again until it is stopped. A revision at hand is published whole or not at all.</summary>
    /// <param name="cancellationToken">Stops it; the task then ends as usual.</param>
    /// <exception cref="IndicatorDataException">The dataset is of another question, or memory does not hold its state.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delivering = _webhook is null ? Task.CompletedTask : Task.Run(() => DeliverAsync(stop.Token), CancellationToken.None);
        try
        {
            while (true)
            {
                try
                {
                    await LookAsync(cancellationToken).ConfigureAwait(false);
                    _lastProblem = null;
                }
                catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or PublicationConflictException)
                {
                    Say(_options.Problem, problem.Message);
                }

                await Task.Delay(_options.Every, _time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // asked for
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await delivering.ConfigureAwait(false);
        }
    }

    /// <summary>Takes what lies there now, for a scheduler: looks twice, so that what is being written is left for the next time, and posts what is to be posted once.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IOException">The folder or the store does not answer.</exception>
    /// <exception cref="IndicatorDataException">The dataset is of another question, or memory does not hold its state.</exception>
    public async Task<WatchLook> RunOnceAsync(CancellationToken cancellationToken)
    {
        await SeeAsync(cancellationToken).ConfigureAwait(false);
        await Task.Delay(_options.Settling, _time, cancellationToken).ConfigureAwait(false);
        var look = await LookAsync(cancellationToken).ConfigureAwait(false);
        if (_webhook is not null)
        {
            await TryDeliverAsync(cancellationToken).ConfigureAwait(false);
        }

        return look;
    }

    /// <summary>One look: takes what is whole, publishes it as one revision, judges, and logs alerts.</summary>
    /// <param name="cancellationToken">Stops it; nothing is published then.</param>
    /// <exception cref="IOException">The folder or the store does not answer; what was not done is done by the next look.</exception>
    /// <exception cref="IndicatorDataException">The dataset is of another question, or memory does not hold its state.</exception>
    public async Task<WatchLook> LookAsync(CancellationToken cancellationToken)
    {
        NoticeSettings();
        var ready = Ready(await SeeAsync(cancellationToken).ConfigureAwait(false));
        var outcome = await TakeAsync(ready, cancellationToken).ConfigureAwait(false);
        var taken = ready.Count(static file => file.State == ArrivalState.Taken);
        var publication = outcome?.Publication ?? await _store.FindAsync(_recipe.Dataset, revision: null, cancellationToken).ConfigureAwait(false);
        if (outcome is { IsNew: true, Publication: var made })
        {
            _options.Progress?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{made.Dataset}: revision {made.Revision} with {taken:N0} {(taken == 1 ? "file" : "files")}, {made.Rows:N0} rows{(made.Changes is { } changes ? $", {changes:N0} changed" : string.Empty)}"));
        }

        await _book.KeepWaitingAsync(
            [.. _arrivals.All.Where(static file => file.State is ArrivalState.Waiting or ArrivalState.SetAside).Select(file => (_arrivals.NameOf(file), file.Stamp, file.Since))],
            cancellationToken).ConfigureAwait(false);
        await JudgeAsync(publication, cancellationToken).ConfigureAwait(false);
        foreach (var alert in await _book.FlushAsync(cancellationToken).ConfigureAwait(false))
        {
            _options.Raised?.Invoke(alert);
        }

        Wake();
        return new WatchLook(
            publication,
            outcome?.IsNew ?? false,
            taken,
            _arrivals.All.Count(static file => file.State == ArrivalState.Waiting),
            _arrivals.All.Count(static file => file.State == ArrivalState.SetAside));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _webhook?.Dispose();
        _news.Dispose();
    }

    // patience goes on over restarts, and from one call of a scheduler to the next
    private async Task<IReadOnlyList<Arrival>> SeeAsync(CancellationToken cancellationToken)
    {
        _waited ??= await _book.WaitingAsync(cancellationToken).ConfigureAwait(false);
        return _arrivals.Look(_waited);
    }

    private List<Arrival> Ready(IReadOnlyList<Arrival> still)
    {
        var ready = new List<Arrival>();
        foreach (var file in still)
        {
            var isOverdue = IsOverdue(file);
            if (file.IsFaulty && !isOverdue)
            {
                continue;
            }

            string? missing;
            try
            {
                missing = ExportEnd.Missing(file.Path);
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                missing = ExportFaultException.Reason(problem);
            }

            if (missing is null)
            {
                ready.Add(file);
            }
            else
            {
                Refuse(file, missing, isOverdue);
            }
        }

        return ready;
    }

    private void Refuse(Arrival file, Exception fault)
    {
        if (fault is InputChangedException || FileStatus.Of(file.Path) != file.Status)
        {
            _arrivals.Forget(file);   // still being written, or gone
            return;
        }

        file.IsFaulty = true;
        Refuse(file, ExportFaultException.Reason(fault), IsOverdue(file));
    }

    private bool IsOverdue(Arrival file) => _time.GetUtcNow() - file.Since >= _options.Rules.SetAside.After;

    private void Refuse(Arrival file, string reason, bool isOverdue)
    {
        file.State = isOverdue ? ArrivalState.SetAside : ArrivalState.Waiting;
        if (file.Reason != reason || isOverdue)
        {
            file.Reason = reason;
            _options.Progress?.Invoke($"{_arrivals.NameOf(file)}: {(isOverdue ? "set aside" : "waits")}, {reason}");
        }
    }

    private async Task<PublishOutcome?> TakeAsync(List<Arrival> ready, CancellationToken cancellationToken)
    {
        var good = ready;
        while (good.Count > 0)
        {
            try
            {
                return await PublishAsync(good, cancellationToken).ConfigureAwait(false);
            }
            catch (ExportFaultException)
            {
                // who is at fault is found one by one: the others are not to wait
                var readable = await ReadableAsync(good, cancellationToken).ConfigureAwait(false);
                if (readable.Count == good.Count)
                {
                    return await TakeSinglyAsync(good, cancellationToken).ConfigureAwait(false);
                }

                good = readable;
            }
        }

        return null;
    }

    // each can be read by itself, and not all together with what is published
    private async Task<PublishOutcome?> TakeSinglyAsync(List<Arrival> files, CancellationToken cancellationToken)
    {
        PublishOutcome? last = null;
        foreach (var file in files)
        {
            try
            {
                var outcome = await PublishAsync([file], cancellationToken).ConfigureAwait(false);
                last = outcome with { IsNew = outcome.IsNew || last is { IsNew: true } };
            }
            catch (ExportFaultException fault)
            {
                Refuse(file, fault.InnerException!);
            }
        }

        return last;
    }

    private async Task<PublishOutcome> PublishAsync(List<Arrival> files, CancellationToken cancellationToken)
    {
        var outcome = await _publisher.PublishAsync(
            _recipe,
            async (engine, token) =>
            {
                try
                {
                    await engine.ReadAsync([.. files.Select(static file => file.Path)], token).ConfigureAwait(false);
                }
                catch (Exception fault) when (ExportFaultException.Is(fault))
                {
                    throw new ExportFaultException(fault);
                }
            },
            cancellationToken).ConfigureAwait(false);
        files.ForEach(static file => (file.State, file.Reason, file.IsFaulty) = (ArrivalState.Taken, null, false));
        return outcome;
    }

    private async Task<List<Arrival>> ReadableAsync(List<Arrival> files, CancellationToken cancellationToken)
    {
        var good = new List<Arrival>();
        foreach (var file in files)
        {
            try
            {
                var engine = Publisher.NewEngine(_recipe);
                await using (engine.ConfigureAwait(false))
                {
                    await engine.ReadAsync(file.Path, cancellationToken).ConfigureAwait(false);
                }

                good.Add(file);
            }
            catch (Exception fault) when (ExportFaultException.Is(fault))
            {
                Refuse(file, fault);
            }
        }

        return good;
    }

    private async Task JudgeAsync(Publication? publication, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var revision = publication?.Revision ?? 0;
        var findings = new List<Finding>(await SetAsideAsync(cancellationToken).ConfigureAwait(false));
        findings.AddRange(await _judge.JudgeSilenceAsync(publication, now, _started, cancellationToken).ConfigureAwait(false));
        (int, string, IReadOnlyList<string>)? judged = null;
        if (publication is not null && await _book.JudgedAsync(cancellationToken).ConfigureAwait(false) != (revision, _rulesDigest))
        {
            findings.AddRange(await _judge.JudgeAsync(publication, cancellationToken).ConfigureAwait(false));
            judged = (revision, _rulesDigest, [.. _options.Rules.Rules.Select(static rule => rule.Name)]);
        }

        await _book.EnterAsync(findings, revision, judged, now, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<Finding>> SetAsideAsync(CancellationToken cancellationToken)
    {
        var rule = _options.Rules.SetAside;
        var files = _arrivals.All.ToDictionary(_arrivals.NameOf, StringComparer.Ordinal);
        var findings = files.Where(static pair => pair.Value.State == ArrivalState.SetAside)
            .Select(pair => new Finding(rule, pair.Key, FindingVerdict.Raise, $"{PublicNames.Name(pair.Key)} cannot be read and was set aside: {pair.Value.Reason}")).ToList();
        var open = await _book.OpenAsync(rule, cancellationToken).ConfigureAwait(false);
        findings.AddRange(open.Where(name => !files.TryGetValue(name, out var file) || file.State == ArrivalState.Taken)
            .Select(name => new Finding(rule, name, FindingVerdict.Clear, files.ContainsKey(name) ? $"{PublicNames.Name(name)} was read" : $"{PublicNames.Name(name)} is gone")));
        return findings;
    }

    private void Wake()
    {
        if (_news.CurrentCount == 0)
        {
            _news.Release();
        }
    }

    // beside the watch, which never waits for it
    private async Task DeliverAsync(CancellationToken cancellationToken)
    {
        var pause = s_firstPause;
        try
        {
            while (true)
            {
                bool isDone;
                try
                {
                    isDone = await TryDeliverAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (IOException)
                {
                    isDone = false;   // the watch says what the store says
                }

                if (isDone)
                {
                    pause = s_firstPause;
                    await _news.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await Task.Delay(pause, _time, cancellationToken).ConfigureAwait(false);
                    pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // what was not posted stays in the store
        }
    }

    /// <summary>Posts what is to be posted, in order, up to the first that is not taken.</summary>
    private async Task<bool> TryDeliverAsync(CancellationToken cancellationToken)
    {
        foreach (var alert in await _book.UndeliveredAsync(cancellationToken).ConfigureAwait(false))
        {
            if (await _webhook!.PostAsync(alert, cancellationToken).ConfigureAwait(false) is { } problem)
            {
                _options.Problem?.Invoke($"an alert was not posted to {_webhook.Name}: {problem}; it is tried again");
                return false;
            }

            await _book.DeliveredAsync([alert], cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private void NoticeSettings()
    {
        if (_options.Reload is not { } reload || SettingsStamp() is var stamp && stamp == _settings)
        {
            return;
        }

        _settings = stamp;
        try
        {
            var query = reload();
            var (before, after) = (_recipe.Query.Registry?.Digest ?? string.Empty, query.Registry?.Digest ?? string.Empty);
            var what = before != after ? $"the registry has changed (digest {Short(before)}, now {Short(after)})"
                : query.Profile != _recipe.Query.Profile ? $"the definition profile has changed (now {query.Profile.Name})"
                : null;
            if (what is not null)
            {
                _options.Problem?.Invoke($"{what}: '{_recipe.Dataset}' goes on as it was begun; to publish by the new one, start again with another --dataset");
            }
        }
        catch (Exception problem) when (problem is IndicatorDataException or IOException or UnauthorizedAccessException)
        {
            _options.Problem?.Invoke($"the registry or profile has changed and cannot be read: {problem.Message}");
        }
    }

    private string SettingsStamp()
    {
        var stamp = new StringBuilder();
        foreach (var named in _options.Settings)
        {
            string[] files = Directory.Exists(named) ? Directory.GetFiles(named) : [named];
            foreach (var path in files.Order(StringComparer.Ordinal))
            {
                stamp.Append(path).Append(FileStatus.Of(path)).Append('\n');
            }
        }

        return stamp.ToString();
    }

    private void Say(Action<string>? listener, string text)
    {
        // once, not at every look
        if (_lastProblem != text)
        {
            _lastProblem = text;
            listener?.Invoke($"{text.TrimEnd('.')}; the watch goes on");
        }
    }

    private static string Short(string digest) => digest.Length > 12 ? digest[..12] : digest.Length == 0 ? "none" : digest;

    private static string DigestOf(AlertRules rules)
    {
        var text = new StringBuilder();
        foreach (var rule in rules.Rules)
        {
            text.Append(CultureInfo.InvariantCulture, $"{rule.Name}\n{rule.Kind}\n{rule.Indicator}\n{rule.Level}\n{string.Join('\u001f', rule.Group.Select(static pair => $"{pair.Key}={pair.Value}"))}\n");
            text.Append(CultureInfo.InvariantCulture, $"{rule.View}\n{rule.Threshold:R}\n{rule.Clear:R}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}
