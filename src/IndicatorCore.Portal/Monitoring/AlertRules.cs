using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Sources;

namespace IndicatorCore.Portal.Monitoring;

/// <summary>The rules of alerts (docs/PORTAL.md, Monitoring): when they are raised, and where they are posted.</summary>
public sealed record AlertRules
{
    private const string SetAsideName = "set_aside";
    private static readonly string[] s_keys = ["rules", "webhook"];
    private static readonly string[] s_kinds = ["below", "above", "silent", "drift", SetAsideName];
    private static readonly string[] s_webhookKeys = ["url", "secret_env", "timeout"];
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    /// <summary>What holds without a file: files that cannot be read for ten minutes raise an alert.</summary>
    public static AlertRules None { get; } = new() { Rules = [new AlertRule { Name = SetAsideName, Kind = AlertKind.SetAside, After = s_patience }] };

    /// <summary>The rules in the order of the file; one alone is of <see cref="AlertKind.SetAside"/>, and the file need not name it.</summary>
    public required IReadOnlyList<AlertRule> Rules { get; init; }

    /// <summary>Where alerts are posted, or null.</summary>
    public WebhookTarget? Webhook { get; init; }

    /// <summary>The rule of files that cannot be read.</summary>
    internal AlertRule SetAside => Rules.First(static rule => rule.Kind == AlertKind.SetAside);

    /// <summary>Reads rules from a file.</summary>
    /// <param name="path">The path of a UTF-8 JSON file.</param>
    /// <exception cref="ConfigurationException">As for <see cref="Parse"/>.</exception>
    /// <exception cref="LimitExceededException">It is far too long.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AlertRules Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(ConfigurationText.Read(path), path);
    }

    /// <summary>Reads rules from JSON (comments and trailing commas allowed).</summary>
    /// <param name="json">The text.</param>
    /// <param name="name">How errors call it, usually its path.</param>
    /// <exception cref="ConfigurationException">It is no JSON, or says something unknown or impossible; the message names the file, the line and the place in it.</exception>
    public static AlertRules Parse(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(name);
        var rules = new List<AlertRule>();
        WebhookTarget? webhook = null;
        foreach (var (key, node) in ConfigurationNode.ParseLocated(json, name, "rules file").Members())
        {
            switch (key)
            {
                case "rules":
                    foreach (var element in node.Elements())
                    {
                        var rule = RuleOf(element);
                        if (rules.Exists(other => other.Name == rule.Name))
                        {
                            throw element.Fault($"has the name '{rule.Name}', which another rule has", "Give every rule a name of its own.");
                        }

                        if (rule.Name == SetAsideName && rule.Kind != AlertKind.SetAside)
                        {
                            throw element.Fault($"has the name '{SetAsideName}', which the rule of files that cannot be read has", "Give it another name.");
                        }

                        if (rule.Kind == AlertKind.SetAside && rules.Exists(static other => other.Kind == AlertKind.SetAside))
                        {
                            throw element.Fault("is a second rule of files that are set aside", "Leave one of them.");
                        }

                        rules.Add(rule);
                    }

                    break;
                case "webhook":
                    webhook = WebhookOf(node);
                    break;
                default:
                    throw node.Unknown(key, s_keys);
            }
        }

        if (!rules.Exists(static rule => rule.Kind == AlertKind.SetAside))
        {
            rules.Add(None.Rules[0]);
        }

        return new AlertRules { Rules = rules, Webhook = webhook };
    }

    /// <summary>Refuses rules about what a recipe does not publish: they would never speak.</summary>
    /// <exception cref="ConfigurationException">There is such a rule.</exception>
    internal void Check(PortalRecipe recipe)
    {
        var own = recipe.Query.UserDefined?.Indicators.SelectMany(static indicator => indicator.Parts.Append(indicator.Id)) ?? [];
        var known = IndicatorCatalog.All.SelectMany(static indicator => indicator.Parts.Append(indicator.Id)).Concat(own).ToHashSet(StringComparer.Ordinal);
        string[] views = ["default", .. recipe.Windows.Select(static window => window.ToString().ToLowerInvariant())];
        foreach (var rule in Rules)
        {
            if (rule.Indicator is { } indicator && !known.Contains(indicator))
            {
                throw new ConfigurationException($"The rule '{rule.Name}' is about '{indicator}', which is no indicator", advice: NearestName.Advice(indicator, known));
            }

            if (rule.Kind is not (AlertKind.Below or AlertKind.Above))
            {
                continue;
            }

            if (!views.Contains(rule.View, StringComparer.Ordinal))
            {
                throw new ConfigurationException($"The rule '{rule.Name}' is about the view '{rule.View}', which is not published", advice: NearestName.Advice(rule.View, views));
            }

            if (!recipe.Levels.Contains(rule.Level, StringComparer.Ordinal))
            {
                throw new ConfigurationException($"The rule '{rule.Name}' is about the level '{rule.Level}', which is not published", advice: NearestName.Advice(rule.Level, recipe.Levels));
            }
        }
    }

    private static AlertRule RuleOf(ConfigurationNode node)
    {
        var members = node.Members();
        var kindNode = members.FirstOrDefault(static member => member.Key == "kind").Value ?? throw node.Fault("lacks 'kind'", $"Give one of {string.Join(", ", s_kinds)}.");
        var kind = Array.IndexOf(s_kinds, kindNode.Text()) is >= 0 and var found ? (AlertKind)found : throw kindNode.Fault("is no kind of alert", NearestName.Advice(kindNode.Text(), s_kinds));
        string[] keys = kind switch
        {
            AlertKind.Below or AlertKind.Above => ["name", "kind", "indicator", "level", "group", "view", "threshold", "clear"],
            AlertKind.Silent => ["name", "kind", "after", "by"],
            AlertKind.Drift => ["name", "kind", "indicator"],
            _ => ["name", "kind", "after"],
        };
        var rule = new AlertRule { Name = kindNode.Text(), Kind = kind, After = kind == AlertKind.SetAside ? s_patience : default };
        double? threshold = null;
        (double Value, ConfigurationNode Node)? clear = null;
        foreach (var (key, value) in members)
        {
            rule = (keys.Contains(key, StringComparer.Ordinal) ? key : throw value.Unknown(key, keys)) switch
            {
                "name" => rule with { Name = value.Name() },
                "indicator" => rule with { Indicator = value.Name() },
                "level" => rule with { Level = value.Text() },
                "view" => rule with { View = value.Name() },
                "group" => rule with { Group = [.. value.Members().Select(static member => KeyValuePair.Create(member.Key, member.Value.IsNull ? null : member.Value.Text()))] },
                "after" => rule with { After = Duration(value) },
                "by" => rule with { IsByFactory = value.Text() is var by && (by == "factory" || (by == "all" ? false : throw value.Fault("is neither factory nor all"))) },
                _ => rule,
            };
            threshold = key == "threshold" ? (double)value.Number() : threshold;
            clear = key == "clear" ? ((double)value.Number(), value) : clear;
        }

        if (kind is AlertKind.Below or AlertKind.Above)
        {
            if (rule.Indicator is null || threshold is null)
            {
                throw node.Fault($"lacks '{(rule.Indicator is null ? "indicator" : "threshold")}'");
            }

            if (clear is { } given && (kind == AlertKind.Below ? given.Value < threshold : given.Value > threshold))
            {
                throw given.Node.Fault($"is on the wrong side of the threshold {threshold}", kind == AlertKind.Below ? "Give at least the threshold." : "Give at most the threshold.");
            }

            return rule with { Threshold = threshold.Value, Clear = clear?.Value ?? threshold.Value };
        }

        return rule.Kind == AlertKind.Silent && rule.After == default ? throw node.Fault("lacks 'after'", "Say how long data may stay away, such as \"24h\".") : rule;
    }

    private static WebhookTarget WebhookOf(ConfigurationNode node)
    {
        Uri? address = null;
        string? secret = null;
        var timeout = s_timeout;
        foreach (var (key, value) in node.Members())
        {
            switch (key)
            {
                case "url":
                    // the text may hold a password, and is not repeated
                    address = Uri.TryCreate(value.Name(), UriKind.Absolute, out var read) && read.Scheme is "https" or "http" && read.UserInfo.Length == 0
                        ? read
                        : throw node.Fault("has a 'url' that is no https or http address, or holds a password", "Give the secret by secret_env.");
                    break;
                case "secret_env":
                    secret = value.Name();
                    break;
                case "timeout":
                    timeout = Duration(value);
                    break;
                default:
                    throw value.Unknown(key, s_webhookKeys);
            }
        }

        return timeout > TimeSpan.FromMinutes(5) ? throw node.Fault("has a timeout above 5min")
            : address is null ? throw node.Fault("lacks 'url'")
            : new WebhookTarget(address, secret, timeout);
    }

    private static TimeSpan Duration(ConfigurationNode node) =>
        ProfileDuration.TryParse(node.Text(), out var nanoseconds) && nanoseconds >= TimeSpan.NanosecondsPerTick
            ? TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick)
            : throw node.Fault("is no length of time", "Write 30s, 10min, 24h or 7d.");
}
