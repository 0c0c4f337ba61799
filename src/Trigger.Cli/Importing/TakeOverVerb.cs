using System.CommandLine;
using Trigger.Cli.Input;

namespace Trigger.Cli.Importing;

/// <summary><c>trigger import</c>: makes our files of somebody else's installation, and says what it could not take.</summary>
internal static class TakeOverVerb
{
    public static Command Create(Dictionary<Command, string> examples)
    {
        var import = new Command("import", "Takes over an installation of Trigger, RANCID or Ansible: settings, inventory, windows; says what it could not take, and why. Nothing of the old one is changed.")
        {
            From("trigger", "A directory with settings.py, or the file. Its Python is read, never run.", "trigger import trigger /etc/trigger", examples, (plan, path) => new TriggerImport(plan, Environment.GetEnvironmentVariable).Take(path)),
            From("rancid", "RANCID's base directory, or that of one group.", "trigger import rancid /var/lib/rancid", examples, (plan, path) => new RancidImport(plan, Places.Home).Take(path)),
            From("ansible", "A directory with ansible.cfg or an inventory.", "trigger import ansible ./ansible --dry-run", examples, (plan, path) => new AnsibleImport(plan).Take(path)),
        };
        examples.Add(import, "trigger import trigger /etc/trigger\ntrigger import rancid /var/lib/rancid --out ./hocon\ntrigger import ansible ./network --dry-run");
        return import;
    }

    private static Command From(string name, string what, string example, Dictionary<Command, string> examples, Action<ImportPlan, string> take)
    {
        var path = new Argument<string>("path") { Description = what, HelpName = "PATH" };
        var output = new Option<string?>("--out") { Description = "Where to write. Default: ~/.config/trigger.", HelpName = "DIR" };
        var dryRun = new Option<bool>("--dry-run") { Arity = ArgumentArity.Zero, Description = "Show the files, and write none." };
        var from = new Command(name, $"Takes over {(name == "rancid" ? "RANCID" : char.ToUpperInvariant(name[0]) + name[1..])}.") { path, output, dryRun };
        from.SetAction(line => Act(line.GetValue(path)!, line.GetValue(output) ?? Places.Config, line.GetValue(dryRun), take));
        examples.Add(from, example);
        return from;
    }

    private static int Act(string path, string folder, bool dryRun, Action<ImportPlan, string> take)
    {
        var mistakes = new Mistakes();
        var plan = new ImportPlan();
        if (!Path.Exists(path))
            mistakes.Add($"{path}: there is no such file or directory.");
        else
            Try(() => take(plan, path), mistakes);
        var files = plan.Files.Select(file => (Path: Path.Combine(folder, file.Name), file.Text)).ToList();
        if (!dryRun)
            mistakes.Add(files.Where(file => File.Exists(file.Path)).Select(file => $"{file.Path} is there already. Move it away, write elsewhere with --out, or look with --dry-run."));
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        foreach (var (file, text) in files)
        {
            if (dryRun)
                Console.WriteLine($"--- {file}\n{text}");
            else
                Try(() => Write(file, text), mistakes);
        }

        Tell(plan);
        if (files.Count == 0 && plan.Next.Count == 0)
            mistakes.Add($"{path}: nothing there could be taken over.");
        return mistakes.Any ? mistakes.Say(Console.Error) : ExitCode.AllWell;
    }

    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        using var output = new StreamWriter(new FileStream(file, FileMode.CreateNew));
        output.Write(text);
        Console.WriteLine($"wrote {file}");
    }

    private static void Tell(ImportPlan plan)
    {
        if (plan.Left.Count > 0)
            Console.WriteLine("not taken:");
        foreach (var left in plan.Left)
            Console.WriteLine($"  {left}");
        Console.WriteLine("next:");
        foreach (var next in plan.Next.Append("trigger config show").Append("trigger device list"))
            Console.WriteLine($"  {next}");
    }

    private static void Try(Action action, Mistakes mistakes)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(failure.Message);
        }
    }
}
