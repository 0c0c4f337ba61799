using System.CommandLine;
using System.Globalization;
using Trigger.Cli.Input;
using Trigger.Devices.Inventory;
using Trigger.Devices.Windows;
using Trigger.Jobs;

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
    private readonly Option<string> retries = new("--retries") { Description = "Try a device again that could not be reached, or whose line broke while it was only read from.", HelpName = "N", DefaultValueFactory = _ => "0" };
    private readonly Option<string?> retryWait = new("--retry-wait") { Description = "How long before the first retry; twice as long each time, at most 10 minutes. Default: 5 s.", HelpName = "TIME" };
    private readonly Option<string?> logins = new("--logins-per-second") { Description = "At most so many logins a second with one credential (0.5 is one in two seconds).", HelpName = "N" };
    private readonly Option<string?> deadline = new("--deadline") { Description = "Begin nothing after this: a time from now (2h) or a moment (2026-11-21T05:00Z).", HelpName = "WHEN" };
    private readonly Option<bool> approval = new("--approval") { Arity = ArgumentArity.Zero, Description = "Wait until another user says 'trigger job approve RUN'." };
    private readonly Option<string?> when = new("--when") { Description = "Begin a device only in its bounce window: green, or yellow for green and yellow.", HelpName = "COLOUR" };
    private readonly Option<string?> windows = new("--windows") { Description = "Where windows are defined. Default as for 'trigger window'.", HelpName = "FILE" };
    private readonly Option<string?> overrideWindow = new("--override-window") { Description = "Begin at once although windows are closed; the reason is recorded.", HelpName = "REASON" };

    /// <summary>The windows that --when asks; null without it.</summary>
    public BounceWindows? Windows { get; private set; }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { perVendor, perSite, onePer, canary, batch, rest, check, checkOn, maxFailures, retries, retryWait, logins, deadline, approval, when, windows, overrideWindow })
            command.Add(option);
    }

    /// <summary>What the options say; null when they say nothing, and when there are mistakes.</summary>
    public RunPolicy? Read(ParseResult line, NetDevices? known, SelectionContext context, DateTimeOffset now, Mistakes mistakes)
    {
        var before = mistakes.Count;
        var policy = new RunPolicy
        {
            PerVendor = Count("--per-vendor", line.GetValue(perVendor), mistakes),
            PerSite = Count("--per-site", line.GetValue(perSite), mistakes),
            OnePer = Field(line, known, mistakes),
            Canary = Amount("--canary", line.GetValue(canary), 1, mistakes),
            Batch = Amount("--batch", line.GetValue(batch), 1, mistakes),
            Rest = Numbers.Time("--rest", line.GetValue(rest), mistakes),
            Checks = Checks(line, mistakes),
            CheckOn = CheckOn(line, known, context, mistakes),
            MaxFailures = Amount("--max-failures", line.GetValue(maxFailures), 0, mistakes),
            Retries = Numbers.Whole("--retries", line.GetValue(retries)!, 0, 100, mistakes),
            RetryWait = Numbers.Time("--retry-wait", line.GetValue(retryWait), mistakes),
            LoginsPerSecond = Rate(line, mistakes),
            Deadline = Deadline(line, now, mistakes),
            Approval = line.GetValue(approval),
            Window = Colour(line, mistakes),
            WindowOverride = Reason(line, mistakes),
        };
        if (policy.Window is not null && known is not null)
            Windows = ReadWindows(line, known, mistakes);
        Contradictions(line, policy, mistakes);
        return mistakes.Count > before || policy == new RunPolicy() ? null : policy;
    }

    private void Contradictions(ParseResult line, RunPolicy policy, Mistakes mistakes)
    {
        if (policy.Rest is not null && !policy.Settles)
            mistakes.Add("--rest is the time between batches; it needs --canary or --batch, or --check.");
        if (line.GetValue(checkOn) is not null && line.GetValue(check) is not { Length: > 0 })
            mistakes.Add("--check-on says where to check; it needs --check.");
        if (policy.RetryWait is not null && policy.Retries == 0)
            mistakes.Add("--retry-wait needs --retries.");
        if (policy.Window is null && line.GetValue(windows) is not null)
            mistakes.Add("--windows needs --when green or --when yellow.");
        if (policy.Window is null && line.GetValue(overrideWindow) is not null)
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
        if (line.GetValue(onePer) is not { } field)
            return null;

        // A field that no device has would group nothing, and so protect nobody.
        if (field is not (RunGroups.ByName or "vendor" or "platform") && known is not null && known.All.All(device => device[field] is null))
            mistakes.Add($"--one-per {field}: no device has a field of that name. It is name, vendor, platform, or a field of the inventory such as site.");
        return field;
    }

    private List<HealthCheck>? Checks(ParseResult line, Mistakes mistakes)
    {
        var checks = new List<HealthCheck>();
        foreach (var text in line.GetValue(check) ?? [])
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
        if (line.GetValue(checkOn) is not { } text || known is null)
            return null;

        var chosen = Selection.Choose(text, known, context);
        mistakes.Add(chosen.Mistakes.Select(mistake => $"--check-on '{text}': {mistake}"));
        if (chosen.Mistakes.Count == 0 && chosen.Devices.Count == 0)
            mistakes.Add($"--check-on '{text}': no device is meant by that.");
        return [.. chosen.Devices.Select(device => device.Name)];
    }

    private double? Rate(ParseResult line, Mistakes mistakes)
    {
        if (line.GetValue(logins) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.001 and <= 100_000)
            return rate;

        mistakes.Add($"--logins-per-second is '{text}'; it must be a number from 0.001 to 100000.");
        return null;
    }

    private DateTimeOffset? Deadline(ParseResult line, DateTimeOffset now, Mistakes mistakes)
    {
        if (line.GetValue(deadline) is not { } text)
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
        switch (line.GetValue(when))
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
        if (line.GetValue(overrideWindow) is not { } reason)
            return null;
        if (reason.Trim().Length == 0)
            mistakes.Add("--override-window needs a reason; it is recorded with the run.");
        return reason.Trim();
    }

    private BounceWindows? ReadWindows(ParseResult line, NetDevices known, Mistakes mistakes)
    {
        if ((line.GetValue(windows) ?? Places.Windows()) is not { } path)
            return BounceWindows.Default;

        var found = new List<string>();
        var read = BounceWindows.ReadFile(path, known, found);
        mistakes.Add(found);
        return read;
    }
}
