using System.CommandLine;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Jobs;

namespace Trigger.Cli.Input;

/// <summary>What a run must not send, looked at before any device is dialled.</summary>
internal sealed class GuardOptions
{
    private readonly Option<bool> readOnly = new("--read-only")
    {
        Arity = ArgumentArity.Zero, Description = "Refuse whatever is not known to only read on every chosen platform, before any device is dialled; sessions then send nothing else either.",
    };

    public void AddTo(Command command) => command.Add(readOnly);

    /// <summary>What was asked for; never weaker than the settings.</summary>
    public bool ReadOnly(ParseResult line) => line.GetValue(readOnly) || Configured.Settings.Flag("run.read-only");

    /// <summary>Adds everything that the run must not send.</summary>
    public static void Look(RunSpec spec, IReadOnlyList<NetDevice> devices, Func<NetDevice, int?>? setOf, Func<string, NetDevice?>? find, PlatformCatalog catalog, Mistakes mistakes)
    {
        if (spec.ReadOnly)
            mistakes.Add(ReadOnlyRule.Mistakes(RunLine.Of(spec, devices, setOf, find), catalog));
    }
}
