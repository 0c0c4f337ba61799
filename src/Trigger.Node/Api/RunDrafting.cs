using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Devices.Windows;
using Trigger.Jobs;
using Trigger.Sessions;
using Trigger.Sessions.Netconf;

namespace Trigger.Node.Api;

/// <summary>Makes a run of an order, or says everything that is wrong with it.</summary>
/// <param name="inventory">What the run's record says the devices came from.</param>
/// <param name="windows">When which device may be changed.</param>
/// <param name="parks">How long questions wait for a person where an order does not say.</param>
internal sealed class RunDrafting(
    NetDevices devices, PlatformCatalog catalog, SelectionContext context, IReadOnlyList<string> inventory, BounceWindows windows, TimeProvider time, TimeSpan? parks = null)
{
    private const int MostCommands = 10_000;
    private const int MostParallel = 100_000;
    private const int LongestLine = 4096;

    private readonly List<OrderMistake> mistakes = [];

    /// <returns>The draft, or null and what is wrong.</returns>
    public (RunDraft? Draft, IReadOnlyList<OrderMistake> Mistakes) Read(RunOrder order, string by)
    {
        var now = time.GetUtcNow();
        var (commands, details) = Commands(order);
        var chosen = Choose("on", order.On ?? "all", order.AnyStatus);
        var platforms = chosen.Select(device => device.Platform).Distinct().Select(catalog.Get).ToArray();
        var language = order.Netconf ? SessionLanguage.Netconf : SessionLanguage.CommandLine;
        Consider(order, commands, platforms, language);
        foreach (var (line, platform) in (order.Init ?? []).SelectMany(line => platforms.Select(platform => (line, platform))))
            Check(platform.MayRepeat(line) || platform.OnOpen.Contains(line), "init", $"'{Quoted.Command(line)}' is not known to only read on {platform.Id}; give it as a command.");

        var changing = new ChangeDrafting(devices, catalog, Check);
        if (order.Change is not null)
            changing.Consider(order);
        var (sets, setOf) = order.Change?.Configs is { } own ? changing.Own(own, commands, chosen) : order.Backup is not null ? Backups(platforms) : (null, null);
        Check(order.Backup is null || !order.Netconf, "backup", "It is of command lines.");
        Check(string.IsNullOrEmpty(order.Backup) || devices.All.Any(device => device[order.Backup] is not null), "backup", $"No device has a field '{order.Backup}'.");
        var policy = Policy(order.Rules, now, platforms);
        var (id, hidesSecrets) = (RunId.New(time), order.HideSecrets || order.Backup is not null);
        Check(order.Record != true || !order.Netconf, "record", "It is of command lines; a NETCONF session is not recorded.");
        Check(order.Record != true || !hidesSecrets, "record", "It keeps what devices print as they print it, with the secrets that are to be hidden; ask for one of them.");
        Check(order.Change is null || details is null, "commands", "Lines of a configuration ask nothing.");
        var spec = new RunSpec
        {
            Id = id,
            Language = language,
            Commands = order.Change?.Configs is null ? commands : [],
            Change = order.Change is { } change
                ? changing.Plan(change, id, chosen, device => setOf?.Invoke(device) is { } set ? sets![set].Commands : commands, hidesSecrets, Time("change.settle", change.Settle))
                : null,
            Details = order.Change is null ? Asking(details, commands, platforms) : null,
            Init = order.Init is { Count: > 0 } init ? init : null,
            Interval = Time("interval", order.Interval),
            Park = order.Park is null ? parks : order.Park == "0" ? null : Time("park", order.Park),
            Selection = order.On is { Length: > 0 } text ? text : "all",
            Inventory = inventory,
            Parallel = Whole("parallel", order.Parallel ?? 200, 1, MostParallel),
            Timeout = Time("timeout", order.Timeout),
            StopOnError = order.StopOnError,
            HideSecrets = hidesSecrets,
            Record = order.Record ?? false,
            Backup = order.Backup,
            Sets = sets,
            ReadOnly = order.ReadOnly,
            AuthFailures = Whole("authFailures", order.AuthFailures ?? 3, 1, MostParallel),
            Policy = policy == new RunPolicy() ? null : policy,
            At = now,
            By = by,
        };
        if (order.ReadOnly && mistakes.Count == 0)
            mistakes.AddRange(ReadOnlyRule.Mistakes(RunLine.Of(spec, chosen, setOf, devices.Find), catalog).Select(sentence => new OrderMistake("readOnly", sentence)));
        return mistakes.Count > 0 ? (null, mistakes) : (new RunDraft(spec, chosen, RunPlan.Choose(spec.Policy, chosen, windows, setOf), Hash(order, by)), mistakes);
    }

    // A platform is a set of its own: nobody else's commands print its configuration.
    private static (IReadOnlyList<CommandSet>?, Func<NetDevice, int?>?) Backups(IReadOnlyList<Platform> platforms)
    {
        var places = platforms.Select(platform => platform.Id).ToList();
        return ([.. platforms.Select(platform => new CommandSet(platform.Backup.Commands))], device => places.IndexOf(device.Platform));
    }

    private static string Hash(RunOrder order, string by) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { by, order })));

    private (IReadOnlyList<string> Lines, IReadOnlyDictionary<int, StepDetail>? Details) Commands(RunOrder order)
    {
        var lines = new List<string>();
        var details = new Dictionary<int, StepDetail>();
        Check(order.Backup is not null || order.Change?.Configs is not null || order.Commands is { Count: > 0 and <= MostCommands }, "commands", $"There must be between 1 and {MostCommands} commands.");
        Check(order.Backup is null || order.Commands is not { Count: > 0 }, "commands", "A backup sends what each platform needs, and nothing else.");
        foreach (var command in (order.Commands ?? []).Take(MostCommands))
        {
            var at = $"commands[{lines.Count}]";
            var line = command.ValueKind switch
            {
                JsonValueKind.String => command.GetString()!,
                JsonValueKind.Object when command.TryGetProperty("send", out var send) && send.ValueKind == JsonValueKind.String => send.GetString()!,
                _ => "",
            };
            Check(order.Netconf ? line.Trim().Length > 0 : IsLine(line), at, "A command is one line of text, or an object with \"send\".");
            if (command.ValueKind == JsonValueKind.Object && Detail(command, at, order.Netconf) is { } detail)
                details.Add(lines.Count, detail);
            lines.Add(line);
        }

        return (lines, details.Count == 0 ? null : details);
    }

    // What only reads never asks; with answers it would count as a change.
    private static Dictionary<int, StepDetail>? Asking(IReadOnlyDictionary<int, StepDetail>? details, IReadOnlyList<string> commands, IReadOnlyList<Platform> platforms)
    {
        var kept = (details ?? new Dictionary<int, StepDetail>())
            .Select(detail => platforms.All(platform => platform.MayRepeat(commands[detail.Key])) ? KeyValuePair.Create(detail.Key, detail.Value with { Answers = null }) : detail)
            .Where(detail => detail.Value.Timeout is not null || detail.Value.Answers is not null).ToDictionary();
        return kept.Count == 0 ? null : kept;
    }

    private StepDetail? Detail(JsonElement command, string at, bool netconf)
    {
        var timeout = command.TryGetProperty("timeout", out var given) ? Time($"{at}.timeout", given.ToString()) : null;
        var answers = new List<StepAnswer>();
        if (command.TryGetProperty("answers", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in list.EnumerateArray())
            {
                var answer = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("expect", out var expect) && item.TryGetProperty("answer", out var text)
                    ? new StepAnswer(expect.ToString(), text.ToString())
                    : null;
                var mistake = answer is null ? "an answer has \"expect\" and \"answer\"" : netconf ? "NETCONF asks nothing" : answer.Mistake();
                Check(mistake is null, $"{at}.answers", $"{mistake}.");
                if (answer is not null)
                    answers.Add(answer);
            }
        }

        return timeout is null && answers.Count == 0 ? null : new StepDetail { Timeout = timeout, Answers = answers.Count == 0 ? null : answers };
    }

    private IReadOnlyList<NetDevice> Choose(string field, string selection, bool anyStatus = false)
    {
        var found = Selection.Choose(anyStatus ? $"({selection}) adminStatus=*" : selection, devices, context);
        foreach (var mistake in found.Mistakes)
            Check(false, field, mistake);
        Check(found.Mistakes.Count > 0 || found.Devices.Count > 0, field, $"No device is meant by '{selection}'.");
        return found.Devices;
    }

    // To forget the selection must not send a change to every device there is.
    private void Consider(RunOrder order, IReadOnlyList<string> commands, IReadOnlyList<Platform> platforms, SessionLanguage language)
    {
        if (order.On is { Length: > 0 } || order.Change is not null)
            return;

        var change = commands.FirstOrDefault(command => platforms.Any(platform => !Reads(language, platform, command)));
        Check(change is null, "on", $"'{Quoted.Command(change ?? "")}' may change something, and no devices were chosen. \"on\": \"all\" means every one.");
    }

    // What a device would take for a key of its line editor, such as a tab, is none.
    internal static bool IsLine(string? line) => line is { Length: <= LongestLine } && line.Trim().Length > 0 && !line.Any(char.IsControl);

    internal static bool Reads(SessionLanguage language, Platform platform, string command) =>
        language == SessionLanguage.Netconf ? NetconfStep.Reads(command) : platform.MayRepeat(command);

    private RunPolicy Policy(RunOrderRules? rules, DateTimeOffset now, IReadOnlyList<Platform> platforms)
    {
        if (rules is null)
            return new RunPolicy();

        var checks = Checks(rules, platforms);
        var policy = new RunPolicy
        {
            PerVendor = Count("rules.perVendor", rules.PerVendor),
            PerSite = Count("rules.perSite", rules.PerSite),
            OnePer = OnePer(rules.OnePer),
            Canary = Amount("rules.canary", rules.Canary, 1),
            Batch = Amount("rules.batch", rules.Batch, 1),
            Rest = Time("rules.rest", rules.Rest),
            Checks = checks,
            CheckOn = rules.CheckOn is { } on ? [.. Choose("rules.checkOn", on).Select(device => device.Name)] : null,
            MaxFailures = Amount("rules.maxFailures", rules.MaxFailures, 0),
            Retries = Whole("rules.retries", rules.Retries ?? 0, 0, 100),
            RetryWait = Time("rules.retryWait", rules.RetryWait),
            LoginsPerSecond = rules.LoginsPerSecond,
            Deadline = Deadline(rules.Deadline, now),
            Approval = rules.Approval,
            Window = Colour(rules.When),
            WindowOverride = rules.OverrideWindow?.Trim(),
        };
        Check(policy.LoginsPerSecond is null or (>= 0.001 and <= 100_000), "rules.loginsPerSecond", "It is a number from 0.001 to 100000.");
        Check(policy.Rest is null || policy.Settles, "rules.rest", "It is the time between batches; it needs canary or batch, or checks.");
        Check(policy.CheckOn is null || checks is not null, "rules.checkOn", "It says where to check; it needs checks.");
        Check(policy.RetryWait is null || policy.Retries > 0, "rules.retryWait", "It needs retries.");
        Check(policy.WindowOverride is null || (policy.Window is not null && policy.WindowOverride.Length > 0), "rules.overrideWindow", "It needs when, and is a reason; it is recorded with the run.");
        return policy;
    }

    private List<HealthCheck>? Checks(RunOrderRules rules, IReadOnlyList<Platform> platforms)
    {
        var checks = new List<HealthCheck>();
        foreach (var text in rules.Checks ?? [])
        {
            if (HealthCheck.Parse(text, out var mistake) is { } read)
                checks.Add(read);
            else
                Check(false, "rules.checks", mistake!);
        }

        foreach (var (check, platform) in checks.SelectMany(check => platforms.Select(platform => (check, platform))))
            Check(platform.MayRepeat(check.Command), "rules.checks", $"'{Quoted.Command(check.Command)}' is not known to only read on {platform.Id}; a check must.");
        return checks.Count == 0 ? null : checks;
    }

    private string? OnePer(string? field)
    {
        // A field that no device has would group nothing, and so protect nobody.
        Check(field is null or RunGroups.ByName or "vendor" or "platform" || devices.All.Any(device => device[field] is not null), "rules.onePer", $"No device has a field '{field}'.");
        return field;
    }

    private DateTimeOffset? Deadline(string? text, DateTimeOffset now)
    {
        if (text is null)
            return null;
        if (text.AsSpan().IndexOfAny('-', ':') < 0)
            return now + Time("rules.deadline", text);

        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment);
        Check(read && moment > now, "rules.deadline", read ? "It is over already." : "Write a time such as 2h, or a moment as 2026-11-21T05:00Z.");
        return moment.ToUniversalTime();
    }

    private BounceStatus? Colour(string? text)
    {
        Check(text is null or "green" or "yellow", "rules.when", "It is green or yellow.");
        return text switch { "green" => BounceStatus.Green, "yellow" => BounceStatus.Yellow, _ => null };
    }

    private int? Count(string field, int? value) => value is { } given ? Whole(field, given, 1, MostParallel) : null;

    private int Whole(string field, int value, int least, int most)
    {
        Check(value >= least && value <= most, field, $"It is a whole number from {least} to {most}.");
        return value;
    }

    private RunAmount? Amount(string field, string? text, int least)
    {
        if (text is null)
            return null;

        var read = RunAmount.TryParse(text, out var amount) && amount.Value >= least;
        Check(read, field, $"It is a number of devices such as 5, or a percentage such as 10%, and at least {least}.");
        return amount;
    }

    private TimeSpan? Time(string field, string? text)
    {
        if (text is null)
            return null;

        var time = Durations.Read(text);
        Check(time is not null, field, "It is a time such as 30, 30s, 2m or 500ms, and at most a day.");
        return time;
    }

    private void Check(bool right, string field, string sentence)
    {
        if (!right)
            mistakes.Add(new OrderMistake(field, sentence));
    }
}
