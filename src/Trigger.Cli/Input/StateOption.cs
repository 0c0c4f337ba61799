using System.CommandLine;

namespace Trigger.Cli.Input;

/// <summary><c>--state DIR|URL</c>.</summary>
internal static class StateOption
{
    public static Option<string> Create() => new("--state")
    {
        Description = "Where the journal lives: a directory, or a PostgreSQL server as postgres://USER@HOST/DATABASE, its password in PGPASSWORD or PGPASSFILE.",
        HelpName = "DIR|URL",
        DefaultValueFactory = _ => Places.State(),
    };
}
