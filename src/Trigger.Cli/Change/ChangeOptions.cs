using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Node.Api;

namespace Trigger.Cli.Change;

/// <summary>How a change is made, tried and taken back.</summary>
internal sealed class ChangeOptions
{
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
        var (whole, lacks) = ChangePlanning.Complete(plan, id, devices, catalog, linesOf, hidesSecrets);
        mistakes.Add(lacks);
        return whole;
    }

    /// <summary>What the options say, for a cluster to make a plan of.</summary>
    /// <param name="configs">What is loaded on each device; null when all are sent the same.</param>
    public ChangeOrder Order(ParseResult line, IReadOnlyDictionary<string, IReadOnlyList<string>>? configs, Mistakes mistakes) => new()
    {
        Replace = line.GetValue(replace),
        DiffOnly = line.GetValue(diff),
        ConfirmMinutes = Minutes("--confirm", line.GetValue(confirm), mistakes),
        ReloadMinutes = Minutes("--reload-in", line.GetValue(reloadIn), mistakes),
        Verify = line.GetValue(verify) is { Length: > 0 } checks ? checks : null,
        Settle = line.GetValue(settle),
        NoRollback = line.GetValue(stays),
        NoSave = line.GetValue(unsaved),
        Configs = configs,
    };

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
            if (HealthCheck.Read(text, out var mistake) is { } read)
                checks.Add(read);
            else
                mistakes.Add($"--verify {mistake}");
        }

        return checks.Count == 0 ? null : checks;
    }
}
