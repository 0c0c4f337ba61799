using System.CommandLine;
using Trigger.Cli.Input;

namespace Trigger.Cli.Cluster;

/// <summary><c>--store ADDRESS</c>.</summary>
internal static class StoreOption
{
    public static Option<StatePlace> Create() => new("--store")
    {
        Description = "The cluster's database: postgres://user@host/database, or a state directory. Default: the setting node.store, else the state directory.",
        HelpName = "ADDRESS",
        CustomParser = words => new StatePlace(words.Tokens[0].Value),
        DefaultValueFactory = _ => new StatePlace(Configured.Settings.Text("node.store") ?? Places.State()),
    };
}
