using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Jobs;

namespace Trigger.Cli.Change;

/// <summary>How a change is made, tried and taken back.</summary>
internal sealed class ChangeOptions
{
    // Names a device: longer lists are cut, because a hundred names tell no more than twenty.
    private const int MostNamed = 20;

    private readonly Option<bool> replace = new("--replace") { Arity = ArgumentArity.Zero, Description = "The lines are the whole configuration: what is not among them is removed. Default: they are merged into it (--merge)." };
    private readonly Option<bool> merge = new("--merge") { Arity = ArgumentArity.Zero, Description = "The lines are added to the configuration. The default." };
    private readonly Option<bool> diff = new("--diff") { Arity = ArgumentArity.Zero, Description = "Load, show what would change, forget it: nothing is changed." };

    private readonly Option<string?> confirm = new("--confirm")
    {
        Description = "Commit on trial: the device takes it back by itself after so many minutes, unless it was verified and confirmed by then.", HelpName = "MINUTES",
    };

    private readonly Option<string?> reloadIn = new("--reload-in")
    {
        Description = "Where there is no trial: plan a restart in so many minutes before the change, and call it off when all is well.", HelpName = "MINUTES",
    };

    private readonly Option<string[]> verify = new("--verify")
    {
        Description = "Must be true on the device behind the change, or it is taken back: 'COMMAND=~PATTERN', 'COMMAND!~PATTERN', or a COMMAND that must not be refused.", HelpName = "CHECK",
    };

    private readonly Option<string?> settle = new("--settle") { Description = "How long a device may settle before it is verified.", HelpName = "TIME" };
    private readonly Option<bool> stays = new("--no-rollback") { Arity = ArgumentArity.Zero, Description = "A change that fails its verification stays, and is reported." };
    private readonly Option<bool> unsaved = new("--no-save") { Arity = ArgumentArity.Zero, Description = "Do not keep the change over a restart, where that is a command of its own." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { merge, replace, diff, confirm, reloadIn, verify, settle, stays, unsaved })
            command.Add(option);
    }

    /// <summary>What the options say, with a recipe for every platform among the devices that has all that they ask for; what the others lack is added to the mistakes.</summary>
    /// <param name="linesOf">What is loaded on a device.</param>
    public ChangePlan Read(ParseResult line, RunId id, IReadOnlyList<NetDevice> devices, PlatformCatalog catalog, Func<NetDevice, IReadOnlyList<string>> linesOf, bool hidesSecrets, Mistakes mistakes)
    {
        var plan = new ChangePlan
        {
            Recipes = new Dictionary<string, ChangeRecipe>(),
            Replace = line.GetValue(replace),
            DiffOnly = line.GetValue(diff),
            TrialMinutes = Minutes("--confirm", line.GetValue(confirm), mistakes),
            ReloadMinutes = Minutes("--reload-in", line.GetValue(reloadIn), mistakes),
            Verify = Checks(line, mistakes),
            Settle = Numbers.Time("--settle", line.GetValue(settle), mistakes),
            Stays = line.GetValue(stays),
            Unsaved = line.GetValue(unsaved),
        };
        Contradictions(line, plan, mistakes);
        var recipes = new Dictionary<string, ChangeRecipe>(StringComparer.Ordinal);
        foreach (var alike in devices.GroupBy(device => device.Platform))
        {
            var (platform, members) = (catalog.Get(alike.Key), alike.ToArray());
            var lacks = ChangeRules.Mistakes(platform, plan, [.. members.SelectMany(linesOf).Distinct(StringComparer.Ordinal)], hidesSecrets).ToArray();
            mistakes.Add(lacks.Select(lack => $"{platform.Title}: {lack}: {Named(members)}."));
            if (lacks.Length == 0)
                recipes.Add(platform.Id, ChangeRecipe.Of(platform, plan, $"trigger-{id}"));
        }

        return plan with { Recipes = recipes };
    }

    private void Contradictions(ParseResult line, ChangePlan plan, Mistakes mistakes)
    {
        if (plan.Replace && line.GetValue(merge))
            mistakes.Add("--merge and --replace exclude each other.");
        if (plan.DiffOnly && (plan.TrialMinutes is not null || plan.ReloadMinutes is not null || plan.Verify is not null || plan.Stays))
            mistakes.Add("--diff changes nothing, so there is nothing to confirm, to verify or to take back.");
        if (plan is { TrialMinutes: not null, ReloadMinutes: not null })
            mistakes.Add("--confirm and --reload-in are two ways to the same end; say one of them.");
        if (plan is { Settle: not null, Verify: null })
            mistakes.Add("--settle is the time before --verify; it needs one.");
        if (plan is { Settle: { } rest, TrialMinutes: { } minutes } && rest > TimeSpan.FromMinutes(minutes) / 2)
            mistakes.Add($"--settle leaves less than half of the {minutes} minutes of --confirm to verify and confirm in.");
        if (plan is { Stays: true, TrialMinutes: not null })
            mistakes.Add("--no-rollback and --confirm exclude each other: what is not confirmed, the device takes back.");
    }

    private static int? Minutes(string option, string? text, Mistakes mistakes) => text is null ? null : Numbers.Whole(option, text, 1, 65535, mistakes);

    private List<HealthCheck>? Checks(ParseResult line, Mistakes mistakes)
    {
        var checks = new List<HealthCheck>();
        foreach (var text in line.GetValue(verify) ?? [])
        {
            // A command alone must only be accepted; the empty pattern is in every answer.
            var plain = !text.Contains("=~", StringComparison.Ordinal) && !text.Contains("!~", StringComparison.Ordinal) && text.Trim().Length > 0;
            if (plain)
                checks.Add(new HealthCheck(text.Trim(), "", MustMatch: true));
            else if (HealthCheck.Parse(text, out var mistake) is { } read)
                checks.Add(read);
            else
                mistakes.Add($"--verify {mistake}");
        }

        return checks.Count == 0 ? null : checks;
    }

    private static string Named(NetDevice[] devices) =>
        string.Join(", ", devices.Take(MostNamed).Select(device => device.Name)) + (devices.Length > MostNamed ? $" and {devices.Length - MostNamed} more" : "");
}
