using System.Xml.Linq;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Node.Acls;
using Trigger.Sessions;

namespace Trigger.Cli.Loading;

/// <summary>The devices that are loaded in one language, ready to be submitted, and what the database is told of them first.</summary>
internal sealed record LoadRun(RunSpec Spec, IReadOnlyList<NetDevice> Devices, IReadOnlyDictionary<NetDevice, int> Sets, IReadOnlyList<AclLoad> Loads)
{
    public int? SetOf(NetDevice device) => Sets.TryGetValue(device, out var set) ? set : null;

    /// <summary>What a device is sent: first every filter, then what its platform wants to keep them.</summary>
    /// <param name="files">ACL, text, and name where it is staged.</param>
    /// <param name="full">Whether the device wants a full commit.</param>
    public static IReadOnlyList<string> Commands(Platform platform, IReadOnlyList<(string Acl, string Text, string File)> files, string server, int port, bool full = false) =>
        IsNetconf(platform)
            ? ["lock candidate", .. files.Select(file => Operation(file.Text)), full ? FullCommits.Operation : "commit", "unlock candidate"]
            : [.. files.Select(file => platform.LoadAcl!.CommandFor(server, port, file.File)), .. platform.Configure?.Save ?? []];

    /// <summary>Whether the filters' text travels in the run itself.</summary>
    public static bool IsNetconf(Platform platform) => platform.LoadAcl is { Command.Length: 0 };

    private static string Operation(string text) =>
        new XElement("load-configuration", new XAttribute("action", "replace"), new XAttribute("format", "text"), new XElement("configuration-text", text)).ToString(SaveOptions.DisableFormatting);

    /// <summary>One run for each language that is spoken; those over the command line first.</summary>
    /// <param name="commands">What each device is sent.</param>
    /// <param name="file">Under which name an ACL is staged for a device; empty where it is not.</param>
    /// <param name="spec">What is the same for all.</param>
    public static IReadOnlyList<LoadRun> Of(
        IReadOnlyList<(NetDevice Device, IReadOnlyList<LoadItem> Items)> work, Func<NetDevice, Platform> platform, Func<NetDevice, IReadOnlyList<string>> commands, Func<LoadItem, string> file, RunSpec spec)
    {
        var runs = new List<LoadRun>();
        foreach (var part in work.GroupBy(pair => IsNetconf(platform(pair.Device))).OrderBy(same => same.Key))
        {
            var (sets, places, setOf) = (new List<CommandSet>(), new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<NetDevice, int>());
            var id = RunId.New(TimeProvider.System);
            var loads = new List<AclLoad>();
            foreach (var (device, items) in part)
            {
                var lines = commands(device);
                var key = string.Join('\n', lines);
                if (!places.TryGetValue(key, out var place))
                {
                    places.Add(key, place = sets.Count);
                    sets.Add(new CommandSet(lines));
                }

                setOf.Add(device, place);
                loads.AddRange(items.Select(item => new AclLoad(id.Value, device.Name, item.Acl, file(item), item.UpTo, lines.Count)));
            }

            var devices = part.Select(pair => pair.Device).ToArray();
            var rest = devices.Select(device => platform(device).LoadAcl!.Interval).Max();
            runs.Add(new LoadRun(
                spec with { Id = id, Language = part.Key ? SessionLanguage.Netconf : SessionLanguage.CommandLine, Commands = [], Sets = sets, Interval = part.Key ? null : rest },
                devices, setOf, loads));
        }

        return runs;
    }
}
