using System.CommandLine;
using System.Globalization;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Devices.Windows;
using Trigger.Jobs;
using Trigger.Jobs.Plays;
using Trigger.Node.Api;
using Trigger.Sessions;

namespace Trigger.Cli.Run;

/// <summary>How carefully a run goes about its devices.</summary>
internal sealed class RuleOptions
{
    private readonly Option<string?> perVendor = new("--per-vendor") { Description = "How many devices of one vendor at a time.", HelpName = "N" };
    private readonly Option<string?> perSite = new("--per-site") { Description = "How many devices of one site at a time.", HelpName = "N" };
    private readonly Option<string?> onePer = new("--one-per") { Description = "Never two devices at once that share this field; 'name' groups by site and name, as load_acl did.", HelpName = "FIELD" };
    private readonly Option<string?> canary = new("--canary") { Description = "Begin with so many devices (2, or 1%), and go on only when they are well.", HelpName = "N|P%" };
    private readonly Option<string?> batch = new("--batch") { Description = "Then so many at a time, each batch only when the one before is well.", HelpName = "N|P%" };
    private readonly Option<string?> rest = new("--rest") { Description = "How long a batch may settle before it is checked and the next begins.", HelpName = "TIME" };
    private readonly Option<string[]> check = new("--check") { Description = "Must be true after each batch: 'COMMAND=~PATTERN', or 'COMMAND!~PATTERN' for what must not be there.", HelpName = "CHECK" };
    private readonly Option<string?> checkOn = new("--check-on") { Description = "Check these devices instead of the batch's own.", HelpName = "SELECTION" };
    private readonly Option<string?> maxFailures = new("--max-failures") { Description = "Stop when more devices than this have failed. Default: any number, and with --canary or --batch none.", HelpName = "N|P%" };
    private readonly Option<string?> retries = new("--retries") { Description = "Try a device again that could not be reached, or whose line broke while it was only read from.", HelpName = "N" };
    private readonly Option<string?> retryWait = new("--retry-wait") { Description = "How long before the first retry; twice as long each time, at most 10 minutes. Default: 5 s.", HelpName = "TIME" };
    private readonly Option<string?> logins = new("--logins-per-second") { Description = "At most so many logins a second with one credential (0.5 is one in two seconds).", HelpName = "N" };
    private readonly Option<string?> deadline = new("--deadline") { Description = "Begin nothing after this: a time from now (2h) or a moment (2026-11-21T05:00Z).", HelpName = "WHEN" };
    private readonly Option<bool> approval = new("--approval") { Arity = ArgumentArity.Zero, Description = "Wait until another user says 'trigger job approve RUN'." };
    private readonly Option<string?> when = new("--when") { Description = "Begin a device only in its bounce window: green, or yellow for green and yellow.", HelpName = "COLOUR" };
    private readonly Option<string?> windows = new("--windows") { Description = "Where windows are defined. Default as for 'trigger window'.", HelpName = "FILE" };
    private readonly Option<string?> overrideWindow = new("--override-window") { Description = "Begin at once although windows are closed; the reason is recorded.", HelpName = "REASON" };

    private Playbook? book;

    /// <summary>The windows that --when asks; null without it.</summary>
    public BounceWindows? Windows { get; private set; }

    /// <summary>The names under which a playbook may say the same.</summary>
    public IReadOnlyCollection<string> Words => [.. All.Where(option => option != check).Select(option => option.Name[2..])];

    private Option[] All =>
        [perVendor, perSite, onePer, canary, batch, rest, check, checkOn, maxFailures, retries, retryWait, logins, deadline, approval, when, windows, overrideWindow];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Add(option);
    }

    /// <summary>What the options say; null when they say nothing, and when there are mistakes.</summary>
    /// <param name="book">A playbook whose rules count where the command line says nothing.</param>
    public RunPolicy? Read(ParseResult line, NetDevices? known, SelectionContext context, DateTimeOffset now, Mistakes mistakes, Playbook? book = null)
    {
        this.book = book;
        var before = mistakes.Count;
        var policy = new RunPolicy
        {
            PerVendor = Count("--per-vendor", Said(line, perVendor), mistakes),
            PerSite = Count("--per-site", Said(line, perSite), mistakes),
            OnePer = Field(line, known, mistakes),
            Canary = Amount("--canary", Said(line, canary), 1, mistakes),
            Batch = Amount("--batch", Said(line, batch), 1, mistakes),
            Rest = Numbers.Time("--rest", Said(line, rest), mistakes),
            Checks = Checks(line, mistakes),
            CheckOn = CheckOn(line, known, context, mistakes),
            MaxFailures = Amount("--max-failures", Said(line, maxFailures), 0, mistakes),
            Retries = Numbers.Whole("--retries", Said(line, retries) ?? "0", 0, 100, mistakes),
            RetryWait = Numbers.Time("--retry-wait", Said(line, retryWait), mistakes),
            LoginsPerSecond = Rate(line, mistakes),
            Deadline = Deadline(line, now, mistakes),
            Approval = line.GetValue(approval) || book?.Words.GetValueOrDefault("approval") is "true" or "yes" or "on",
            Window = Colour(line, mistakes),
            WindowOverride = Reason(line, mistakes),
        };
        if (policy.Window is not null && known is not null)
            Windows = ReadWindows(line, known, mistakes);
        Contradictions(line, policy, mistakes);
        return mistakes.Count > before || policy == new RunPolicy() ? null : policy;
    }

    /// <summary>What the options say, for a cluster to read: what is wrong with it, the cluster says.</summary>
    public RunOrderRules? Order(ParseResult line, Mistakes mistakes)
    {
        if (All.All(option => line.GetResult(option) is null or { Implicit: true }))
            return null;
        if (line.GetValue(windows) is not null)
            mistakes.Add("--windows is for runs of this machine; a cluster keeps its own windows.");

        return new RunOrderRules
        {
            PerVendor = Count("--per-vendor", line.GetValue(perVendor), mistakes),
            PerSite = Count("--per-site", line.GetValue(perSite), mistakes),
            OnePer = line.GetValue(onePer),
            Canary = line.GetValue(canary),
            Batch = line.GetValue(batch),
            Rest = line.GetValue(rest),
            Checks = line.GetValue(check) is { Length: > 0 } checks ? checks : null,
            CheckOn = line.GetValue(checkOn),
            MaxFailures = line.GetValue(maxFailures),
            Retries = line.GetValue(retries) is { } again ? Numbers.Whole("--retries", again, 0, 100, mistakes) : null,
            RetryWait = line.GetValue(retryWait),
            LoginsPerSecond = Rate(line, mistakes),
            Deadline = line.GetValue(deadline),
            Approval = line.GetValue(approval),
            When = line.GetValue(when),
            OverrideWindow = line.GetValue(overrideWindow),
        };
    }

    // A check is asked again after a crash, and nobody is asked before it is sent.
    public static void ChecksOnlyRead(RunPolicy? policy, NetDevices? known, IReadOnlyList<NetDevice> devices, PlatformCatalog catalog, Mistakes mistakes)
    {
        var asked = policy?.CheckOn?.Select(name => known?.Find(name)).OfType<NetDevice>() ?? devices;
        foreach (var platform in asked.Select(device => device.Platform).Distinct().Select(catalog.Get).ToArray())
        {
            mistakes.Add((policy?.Checks ?? []).Where(check => !platform.MayRepeat(check.Command))
                .Select(check => $"--check '{Quoted.Command(check.Command)}' is not known to only read on {platform.Id}; a check must."));
        }
    }

    private string? Said(ParseResult line, Option<string?> option) => line.GetValue(option) ?? book?.Words.GetValueOrDefault(option.Name[2..]);

    private IReadOnlyList<string> Texts(ParseResult line) => line.GetValue(check) is { Length: > 0 } given ? given : book?.Checks ?? [];

    private void Contradictions(ParseResult line, RunPolicy policy, Mistakes mistakes)
    {
        if (policy.Rest is not null && !policy.Settles)
            mistakes.Add("--rest is the time between batches; it needs --canary or --batch, or --check.");
        if (Said(line, checkOn) is not null && Texts(line).Count == 0)
            mistakes.Add("--check-on says where to check; it needs --check.");
        if (policy.RetryWait is not null && policy.Retries == 0)
            mistakes.Add("--retry-wait needs --retries.");
        if (policy.Window is null && Said(line, windows) is not null)
            mistakes.Add("--windows needs --when green or --when yellow.");
        if (policy.Window is null && Said(line, overrideWindow) is not null)
            mistakes.Add("--override-window needs --when green or --when yellow.");
    }

    private static int? Count(string option, string? text, Mistakes mistakes) => text is null ? null : Numbers.Whole(option, text, 1, 100_000, mistakes);

    private static RunAmount? Amount(string option, string? text, int least, Mistakes mistakes)
    {
        if (text is null)
            return null;
        if (RunAmount.TryParse(text, out var amount) && amount.Value >= least)
            return amount;

        mistakes.Add($"{option} is '{text}'; it must be a number of devices such as 5, or a percentage such as 10%, and at least {least}.");
        return null;
    }

    private string? Field(ParseResult line, NetDevices? known, Mistakes mistakes)
    {
        if (Said(line, onePer) is not { } field)
            return null;

        // A field that no device has would group nothing, and so protect nobody.
        if (field is not (RunGroups.ByName or "vendor" or "platform") && known is not null && known.All.All(device => device[field] is null))
            mistakes.Add($"--one-per {field}: no device has a field of that name. It is name, vendor, platform, or a field of the inventory such as site.");
        return field;
    }

    private List<HealthCheck>? Checks(ParseResult line, Mistakes mistakes)
    {
        var checks = new List<HealthCheck>();
        foreach (var text in Texts(line))
        {
            if (HealthCheck.Parse(text, out var mistake) is { } read)
                checks.Add(read);
            else
                mistakes.Add($"--check {mistake}");
        }

        return checks.Count == 0 ? null : checks;
    }

    private List<string>? CheckOn(ParseResult line, NetDevices? known, SelectionContext context, Mistakes mistakes)
    {
        if (Said(line, checkOn) is not { } text || known is null)
            return null;

        var chosen = Selection.Choose(text, known, context);
        mistakes.Add(chosen.Mistakes.Select(mistake => $"--check-on '{text}': {mistake}"));
        if (chosen.Mistakes.Count == 0 && chosen.Devices.Count == 0)
            mistakes.Add($"--check-on '{text}': no device is meant by that.");
        return [.. chosen.Devices.Select(device => device.Name)];
    }

    private double? Rate(ParseResult line, Mistakes mistakes)
    {
        if (Said(line, logins) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.001 and <= 100_000)
            return rate;

        mistakes.Add($"--logins-per-second is '{text}'; it must be a number from 0.001 to 100000.");
        return null;
    }

    private DateTimeOffset? Deadline(ParseResult line, DateTimeOffset now, Mistakes mistakes)
    {
        if (Said(line, deadline) is not { } text)
            return null;

        // A moment holds a dash or a colon; a time never does.
        if (text.AsSpan().IndexOfAny('-', ':') < 0)
            return Numbers.Time("--deadline", text, mistakes) is { } wait ? now + wait : null;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            mistakes.Add($"--deadline is '{text}'; write a time such as 2h, or a moment as 2026-11-21T05:00Z.");
        else if (moment <= now)
            mistakes.Add($"--deadline {text} is over already.");
        else
            return moment.ToUniversalTime();
        return null;
    }

    private BounceStatus? Colour(ParseResult line, Mistakes mistakes)
    {
        switch (Said(line, when))
        {
            case null:
                return null;
            case "green":
                return BounceStatus.Green;
            case "yellow":
                return BounceStatus.Yellow;
            case var text:
                mistakes.Add($"--when is '{text}'; it must be green or yellow.");
                return null;
        }
    }

    private string? Reason(ParseResult line, Mistakes mistakes)
    {
        if (Said(line, overrideWindow) is not { } reason)
            return null;
        if (reason.Trim().Length == 0)
            mistakes.Add("--override-window needs a reason; it is recorded with the run.");
        return reason.Trim();
    }

    private BounceWindows? ReadWindows(ParseResult line, NetDevices known, Mistakes mistakes)
    {
        if ((Said(line, windows) ?? Places.Windows()) is not { } path)
            return BounceWindows.Default;

        var found = new List<string>();
        var read = BounceWindows.ReadFile(path, known, found);
        mistakes.Add(found);
        return read;
    }
}
