using System.CommandLine;
using System.Xml;
using System.Xml.Linq;
using Trigger.Cli.Input;
using Trigger.Devices.Platforms;
using Trigger.Sessions;

namespace Trigger.Cli.Tools;

/// <summary>
/// <c>load_config</c>: changes configurations. How one begins, ends and keeps a change is the platform's own (<c>configure</c>); where the platform takes whole configurations
/// over NETCONF (Junos), the candidate is locked, loaded, committed and unlocked, and whatever fails leaves the configuration as it was.
/// </summary>
internal static class LoadConfigVerb
{
    private const int Longest = 1024 * 1024;

    private static readonly string[] Actions = ["replace", "merge", "override"];

    public static Command Create(Dictionary<Command, string> examples)
    {
        var cli = new Option<bool>("--force-cli", "-f") { Arity = ArgumentArity.Zero, Description = "Type set commands on the command line, where they would be loaded over NETCONF." };
        var action = new Option<string>("--action") { Description = "How a whole configuration is loaded: replace, merge or override.", HelpName = "WORD", DefaultValueFactory = _ => "replace" };
        var command = new Command("load_config", "Changes the configuration of devices once --push says so. Exit code: 0 all well, 1 some device failed, 2 bad input, 3 in doubt.") { cli, action };
        new ToolDesk("load_config", new ToolOptions("configuration lines"), (line, platform, texts, full, mistakes) => Prepare(platform, texts, line.GetValue(cli), line.GetValue(action)!, full, mistakes)).AddTo(command);
        examples.Add(command, "trigger load_config -d edge1,edge2 -C change.conf\ntrigger load_config --on 'vendor=cisco site=AMS' -c 'ntp server 192.0.2.1,no ip http server' --push\ntrigger load_config -p ./per-device --push");
        return command;
    }

    internal static ToolWork Prepare(Platform platform, IReadOnlyList<ToolText> texts, bool forceCli, string action, bool full, Mistakes mistakes)
    {
        if (platform.Configure is not { } configure)
        {
            mistakes.Add($"Nobody has written down how {platform.Title} is configured ({platform.Id}.configure); use run_cmds.");
            return new ToolWork([], []);
        }

        var lines = texts.SelectMany(text => text.Lines).Where(line => line.Trim() is { Length: > 0 } text && text[0] is not ('#' or '!')).ToList();
        var commands = lines.TrueForAll(IsSetCommand);
        if (configure.LoadsText && !(forceCli && commands))
        {
            if (forceCli)
                mistakes.Add($"{platform.Title}: only set commands can be typed; a whole configuration is loaded over NETCONF, so leave out -f.");
            return lines.Count == 0 ? new ToolWork([], []) : Loaded(texts, commands, action, full, mistakes);
        }

        var typed = ToolLines.Of(texts, mistakes);
        return new ToolWork([], typed.Count == 0 ? [] : [.. Maybe(configure.Enter), .. typed, .. configure.CommitFor(full), .. Maybe(configure.Leave), .. configure.Save]);
    }

    private static ToolWork Loaded(IReadOnlyList<ToolText> texts, bool commands, string action, bool full, Mistakes mistakes)
    {
        if (!Actions.Contains(action))
            mistakes.Add($"--action is '{action}'; it must be {string.Join(" or ", Actions)}.");
        var loads = commands
            ? [Operation(new XElement("configuration-set", string.Join('\n', texts.SelectMany(text => text.Lines))), "set", "text")]
            : texts.Select(text => Load(text, action, mistakes)).OfType<string>().ToList();
        if (loads.Exists(load => load.Length > Longest))
            mistakes.Add($"A configuration of more than {Longest} characters cannot be loaded in one step; split it.");
        return new ToolWork([], ["lock candidate", .. loads, full ? FullCommits.Operation : "commit", "unlock candidate"], SessionLanguage.Netconf);
    }

    private static string? Load(ToolText text, string action, Mistakes mistakes)
    {
        if (!text.Text.TrimStart().StartsWith('<'))
            return Operation(new XElement("configuration-text", text.Text), action, "text");

        try
        {
            return Operation(XElement.Parse(text.Text), action, "xml");
        }
        catch (XmlException broken)
        {
            mistakes.Add($"{text.Place}:{broken.LineNumber}: the configuration is XML that cannot be read: {broken.Message}");
            return null;
        }
    }

    private static string Operation(XElement configuration, string action, string format) =>
        new XElement("load-configuration", new XAttribute("action", action), new XAttribute("format", format), configuration).ToString(SaveOptions.DisableFormatting);

    private static bool IsSetCommand(string line) =>
        line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries)[0] is "set" or "delete" or "deactivate" or "activate" or "rename" or "insert" or "annotate" or "copy";

    private static string[] Maybe(string command) => command.Length == 0 ? [] : [command];
}
