using System.CommandLine;

namespace Trigger.Cli.Input;

/// <summary>How many devices at a time, and how many may refuse the credentials.</summary>
internal sealed class PaceOptions
{
    private readonly Option<string> parallel = new("--parallel") { Description = "How many devices at a time.", HelpName = "N", DefaultValueFactory = _ => Configured.Settings.Text("run.parallel")! };

    private readonly Option<string> authFailures = new("--auth-failures")
    {
        Description = "How many devices may refuse the credentials before no more are tried.", HelpName = "N", DefaultValueFactory = _ => Configured.Settings.Text("run.auth-failures")!,
    };

    public void AddTo(Command command)
    {
        command.Add(parallel);
        command.Add(authFailures);
    }

    public (int Parallel, int AuthFailures) Read(ParseResult line, Mistakes mistakes) =>
        (Numbers.Whole("--parallel", line.GetValue(parallel)!, 1, 100_000, mistakes), Numbers.Whole("--auth-failures", line.GetValue(authFailures)!, 1, 1_000_000, mistakes));
}
