using System.CommandLine;
using Trigger.Cli.Input;

namespace Trigger.Cli.Loading;

/// <summary>Trigger's options of <c>load_acl</c>.</summary>
internal sealed class LoadOptions
{
    private readonly Argument<string[]> acls = new("acl") { Description = "ACLs to load on every device that has them; with -f or -Q only these.", HelpName = "ACL", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> file = new("--file", "-f") { Description = "A file of devices, each with its ACLs behind it on the line; without any, those named as arguments, or all that it has.", HelpName = "FILE" };
    private readonly Option<bool> queue = Flag("Load what waits in the queue (acl -l).", "--queue", "-Q");
    private readonly Option<bool> escalation = Flag("Load the escalations that wait in the queue, and only them.", "--escalation", "-e");
    private readonly Option<bool> auto = Flag("For cron: as -Q -q, asks nobody, and leaves to people what is blacklisted or in doubt.", "--auto");
    private readonly Option<bool> quiet = Flag("Say only what went wrong.", "--quiet", "-q");
    private readonly Option<string[]> exclude = new("--exclude", "--except") { Description = "Devices (globs, or how names begin) and ACLs to leave out, separated by commas.", HelpName = "WORD,…" };
    private readonly Option<string?> jobs = new("--jobs", "-j") { Description = "How many devices at a time. Default: 5, and 1 with --bouncy.", HelpName = "N" };
    private readonly Option<bool> bouncy = Flag("Load although bounce windows are closed, and on as many devices at once as there are; it is recorded.", "--bouncy");
    private readonly Option<bool> noVip = Flag("Tell devices the server's own address, not what it is called from outside.", "--no-vip");
    private readonly Option<bool> bulk = Flag("Treat every ACL as one of many: few devices of a kind and site at once.", "--bulk");
    private readonly Option<bool> noDb = Flag("Leave the queue as it is, even of what was loaded.", "--no-db");
    private readonly Option<bool> dryRun = Flag("Say what would be sent where, and send nothing.", "--dry-run");
    private readonly Option<bool> json = Flag("One JSON object a line: a device and an ACL each, or with --dry-run a device and a command.", "--json");
    private readonly Option<string?> resume = new("--resume") { Description = "Go on with a load that was interrupted. Nothing that was sent is sent again.", HelpName = "RUN" };
    private readonly Option<string?> folder = new("--acls") { Description = "Where filters are kept as files. Default: acl.directory of the settings.", HelpName = "DIR" };
    private readonly Option<string?> windows = new("--windows") { Description = "Where windows are defined. Default as for 'trigger window'.", HelpName = "FILE" };
    private readonly Option<bool> noCm = Flag("Accepted, for scripts that give it: no ticket is opened.", "--no-cm");
    private readonly Option<bool> noCurses = Flag("Accepted, for scripts that give it.", "--no-curses");

    public void AddTo(Command command)
    {
        command.Add(acls);
        foreach (var option in new Option[] { file, queue, escalation, auto, quiet, exclude, jobs, bouncy, noVip, bulk, noDb, dryRun, json, resume, folder, windows, noCm, noCurses })
            command.Add(option);
    }

    public LoadRequest Read(ParseResult line, Mistakes mistakes)
    {
        var (automatic, anyway) = (line.GetValue(auto), line.GetValue(bouncy));
        var request = new LoadRequest
        {
            Acls = [.. (line.GetValue(acls) ?? []).Distinct()],
            File = line.GetValue(file),
            Queue = line.GetValue(queue) || line.GetValue(escalation) || automatic,
            Escalation = line.GetValue(escalation),
            Auto = automatic,
            Quiet = line.GetValue(quiet) || automatic,
            Exclude = [.. (line.GetValue(exclude) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
            Parallel = line.GetValue(jobs) is { } said ? Numbers.Whole("--jobs", said, 1, 100_000, mistakes) : anyway ? 1 : 5,
            Bouncy = anyway,
            NoVip = line.GetValue(noVip),
            Bulk = line.GetValue(bulk),
            NoDb = line.GetValue(noDb),
            DryRun = line.GetValue(dryRun),
            Json = line.GetValue(json),
            Resume = line.GetValue(resume),
            Folder = line.GetValue(folder),
            Windows = line.GetValue(windows),
        };
        if (request.Acls.Count == 0 && request.File is null && !request.Queue && request.Resume is null)
            mistakes.Add("Give ACLs, -f FILE, or -Q for what waits in the queue.");
        return request;
    }

    private static Option<bool> Flag(string description, string name, params string[] aliases) => new(name, aliases) { Arity = ArgumentArity.Zero, Description = description };
}
