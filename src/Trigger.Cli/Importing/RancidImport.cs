using System.Text.RegularExpressions;

namespace Trigger.Cli.Importing;

/// <summary>Takes over a RANCID tree: its <c>router.db</c> files are read as they are, and <c>.cloginrc</c> tells who logs in where.</summary>
internal sealed partial class RancidImport(ImportPlan plan, string home)
{
    public void Take(string path)
    {
        var root = Path.GetFullPath(path);
        plan.Set("inventory.sources", [root], "its router.db files");
        foreach (var (file, why) in new[] { ("etc/rancid.conf", "when and which groups to collect is a matter for cron and --on group=…"), ("etc/rancid.types.conf", "types of your own become platforms of your own (trigger platform)") })
        {
            if (File.Exists(Path.Combine(root, file)))
                plan.Leave($"{Path.Combine(root, file)}: {why}");
        }

        if (new[] { Path.Combine(root, ".cloginrc"), Path.Combine(home, ".cloginrc") }.FirstOrDefault(File.Exists) is { } clogin)
            Logins(clogin);
        plan.Leave($"{root}: the configurations that RANCID has collected stay where they are");
    }

    // Passwords go straight from their file into the store, by a command that a person gives.
    private void Logins(string file)
    {
        plan.Then($"trigger credentials import {file}      # its users and passwords, into the encrypted store");
        var number = 0;
        foreach (var line in File.ReadLines(file).Take(100_000))
        {
            number++;
            var words = Directive().Match(line);
            if (!words.Success)
                continue;

            var (what, pattern) = (words.Groups["what"].Value, words.Groups["on"].Value);
            if (what is "method" or "cyphertype" or "autoenable" or "identity" or "sshcmd")
                plan.Leave($"{file}:{number}: {what} for {pattern}: a row's own fields protocol, port and sshAlgorithms say this, or ssh.config");
        }
    }

    [GeneratedRegex(@"^\s*add\s+(?<what>\w+)\s+(?<on>\S+)\s+\S", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Directive();
}
