using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Trigger.Cli;
using Trigger.Cli.Accounts;
using Trigger.Cli.Acl;
using Trigger.Cli.Backup;
using Trigger.Cli.Broadcasting;
using Trigger.Cli.Change;
using Trigger.Cli.Cluster;
using Trigger.Cli.Completion;
using Trigger.Cli.Detect;
using Trigger.Cli.Device;
using Trigger.Cli.Files;
using Trigger.Cli.Help;
using Trigger.Cli.Importing;
using Trigger.Cli.Input;
using Trigger.Cli.Job;
using Trigger.Cli.Lab;
using Trigger.Cli.Netconf;
using Trigger.Cli.Parse;
using Trigger.Cli.Platforms;
using Trigger.Cli.Play;
using Trigger.Cli.Run;
using Trigger.Cli.Settings;
using Trigger.Cli.Shell;
using Trigger.Cli.Tools;
using Trigger.Cli.Window;
using Trigger.Devices.Platforms;
using Trigger.Node;

EngineProcess.Tune();
var examples = new Dictionary<Command, string>();
var root = new RootCommand("Runs commands on network devices: many at once, every outcome on record, no changing command twice.")
{
    RunVerb.Create(examples),
    PlayVerb.Create(examples),
    GatherVerb.Create(examples),
    ChangeVerb.Create(examples),
    JobVerb.Create(examples),
    ParseVerb.Create(examples),
    BackupVerb.Create(examples),
    DeviceVerb.Create(examples),
    DetectVerb.Create(examples),
    PlatformVerb.Create(examples),
    WindowVerb.Create(examples),
    NetconfVerb.Create(examples),
    AclVerb.Create(examples),
    CredentialsVerb.Create(examples),
    TelnetVerb.Create(examples),
    SshVerb.Create(examples),
    ConnectVerb.Create(examples),
    NetdevVerb.Create(examples),
    GnngVerb.Create(examples),
    RunCmdsVerb.Create(examples),
    LoadConfigVerb.Create(examples),
    NodeVerb.Create(examples),
    BroadcastVerb.Create(examples),
    PbmVerb.Create(examples),
    ScheduleVerb.Create(examples),
    TokenVerb.Create(examples),
    HostKeyVerb.Create(examples),
    AuditVerb.Create(examples),
    ServeFilesVerb.Create(examples),
    LabVerb.Create(examples),
    ConfigVerb.Create(examples),
    TakeOverVerb.Create(examples),
    CompletionVerb.Create(examples),
    Configured.Option(),
};
foreach (var tool in OldTools.Create(examples))
    root.Add(tool);
examples.Add(root, "trigger lab --devices 20 --inventory /tmp/lab.csv &\nTRIGGER_USERNAME=lab TRIGGER_PASSWORD=lab TRIGGER_ENABLEPW=lab \\\n  trigger run --inventory /tmp/lab.csv --accept-new --on all -c 'show version'");
foreach (var option in root.Options.OfType<HelpOption>())
    option.Action = new ExamplesHelp((HelpAction)option.Action!, examples);

if (args is [CompleteCall.Verb, .. var words])
    return CompleteCall.Answer(root, words);

// An @ begins a file of names in a selection, which the selection itself reads; it is no file of arguments.
var line = root.Parse(CalledAs.Verb(args), new ParserConfiguration { ResponseFileTokenReplacer = null });
if (line.Errors.Count > 0 && line.Action is not ExamplesHelp)
{
    foreach (var error in line.Errors)
        Console.Error.WriteLine($"trigger: {error.Message}");
    Console.Error.WriteLine($"trigger: see '{Verb(line.CommandResult)} --help'.");
    return ExitCode.BadInput;
}

// With wrong settings nothing is begun, but one may still ask for help and what is wrong with them.
if (Configured.Settings.Mistakes.Count > 0 && line.Action is not ExamplesHelp && !Verb(line.CommandResult).StartsWith("trigger config", StringComparison.Ordinal))
{
    var wrong = new Mistakes();
    wrong.Add(Configured.Settings.Mistakes);
    return wrong.Say(Console.Error);
}

try
{
    return await line.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = Patience(Verb(line.CommandResult)),
    });
}
catch (ClusterProblemException problem)
{
    foreach (var mistake in problem.Mistakes)
        Console.Error.WriteLine($"trigger: {mistake}");
    return ExitCode.BadInput;
}
catch (Exception failure) when (failure is NodeException or PlatformMistakesException)
{
    Console.Error.WriteLine($"trigger: {failure.Message}");
    return ExitCode.BadInput;
}

// Who has something to finish listens for signals itself: a run waits for what was sent, a node hands its work over. The others are ended after two seconds.
static TimeSpan? Patience(string verb) =>
    new[] { "run", "broadcast", "play", "change", "node", "job resume", "acl load", "load_acl", "run_cmds", "load_config" }.Any(own => $"{verb} ".StartsWith($"trigger {own} ", StringComparison.Ordinal)) ? null : TimeSpan.FromSeconds(2);

static string Verb(CommandResult? verb) => verb?.Parent is CommandResult parent ? $"{Verb(parent)} {verb.Command.Name}" : "trigger";
