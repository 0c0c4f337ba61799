using System.CommandLine;

namespace Trigger.Cli.Input;

/// <summary><c>--state DIR</c>.</summary>
internal static class StateOption
{
    public static Option<string> Create() => new("--state")
    {
        Description = "Where the journal lives.",
        HelpName = "DIR",
        DefaultValueFactory = _ => Places.State(),
    };
}
