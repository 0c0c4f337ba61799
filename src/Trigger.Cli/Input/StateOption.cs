using System.CommandLine;

namespace Trigger.Cli.Input;

/// <summary><c>--state DIR|URL</c>.</summary>
internal static class StateOption
{
    public static Option<StatePlace> Create() => new("--state")
    {
        Description = "Where the journal lives: a directory, or a PostgreSQL server as postgres://USER@HOST/DATABASE, its password in PGPASSWORD or PGPASSFILE.",
        HelpName = "DIR|URL",
        CustomParser = words => new StatePlace(words.Tokens[0].Value),
        DefaultValueFactory = _ => new StatePlace(Places.State()),
    };
}
