using System.CommandLine;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Jobs.Policing;

namespace Trigger.Cli.Input;

/// <summary>What a run must not send, looked at before any device is dialled.</summary>
internal sealed class GuardOptions
{
    private readonly Option<bool> readOnly = new("--read-only")
    {
        Arity = ArgumentArity.Zero, Description = "Refuse whatever is not known to only read on every chosen platform, before any device is dialled; sessions then send nothing else either.",
    };

    private readonly Option<string?> policy = new("--policy")
    {
        Description = "Which commands may be sent by whom to what. Default: ./hocon/policy.conf, ~/.config/trigger/policy.conf, /etc/trigger/policy.conf, the first that exists; without one, all.", HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Add(readOnly);
        command.Add(policy);
    }

    /// <summary>What was asked for; never weaker than the settings.</summary>
    public bool ReadOnly(ParseResult line) => line.GetValue(readOnly) || Configured.Settings.Flag("run.read-only");

    /// <summary>A promise that a cluster would not keep must not be taken.</summary>
    public void NotElsewhere(ParseResult line, Mistakes mistakes)
    {
        if (line.GetValue(policy) is not null)
            mistakes.Add("--policy holds for runs of this machine; a cluster does not take it yet.");
    }

    /// <summary>Adds everything that the run must not send.</summary>
    /// <param name="known">The inventory, of whose devices a policy speaks; null when it could not be read, and then there is nothing to look at.</param>
    public void Look(ParseResult line, IReadOnlyList<RunLine> lines, bool mayOnlyRead, NetDevices? known, SelectionContext context, PlatformCatalog catalog, Mistakes mistakes) =>
        Look(line.GetValue(policy), lines, mayOnlyRead, known, context, catalog, mistakes);

    /// <summary>Likewise for a tool without these options.</summary>
    public static void Look(string? policy, IReadOnlyList<RunLine> lines, bool mayOnlyRead, NetDevices? known, SelectionContext context, PlatformCatalog catalog, Mistakes mistakes)
    {
        if (mayOnlyRead)
            mistakes.Add(ReadOnlyRule.Mistakes(lines, catalog));
        if (known is null || (policy ?? Places.Policy()) is not { } file)
            return;

        var found = new List<string>();
        if (CommandPolicy.ReadFile(file, known, context, catalog, found) is { } read)
            mistakes.Add(read.Mistakes(read.RoleOf(Environment.UserName), lines));
        mistakes.Add(found);
    }
}
