using System.Text;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Hocon;
using Trigger.Sessions;
using Trigger.Sessions.Netconf;

namespace Trigger.Jobs.Policing;

/// <summary>
/// Which commands may be sent by whom to which devices: a file of rules, of which the first that fits decides, and a default.
/// <code>
/// policy {
///   users { alice = admin, noc = viewer }        # everybody else is an operator
///   rules = [
///     { allow = ".*", roles = [admin] }
///     { deny = ["reload.*", "write erase"], vendors = [cisco] }
///     { allow = ["show .*", "ping .*", "terminal length 0"] }
///     { allow = "interface .*|(no )?shutdown", roles = [operator], platforms = [cisco_ios], devices = "site=LAB" }
///     { allow = "netconf get.*" }
///   ]
///   default = deny
/// }
/// </code>
/// A pattern is a regular expression that must fit the whole line; case and the number of blanks do not count. It is matched in linear time, so what needs backtracking is refused.
/// <para>
/// Prefer lists of what is allowed. Devices take abbreviations: <c>deny = "reload.*"</c> does not stop <c>relo</c>, and some take two commands in one line
/// (<c>show clock ; reload</c>), which <c>allow = "show .*"</c> would let through and <c>allow = "show [^;|]*"</c> would not.
/// </para>
/// <para>
/// A NETCONF operation, however it is written, is the line <c>netconf OPERATION [DATASTORE]</c>: <c>netconf get-config running</c>, <c>netconf edit-config candidate</c>. A policy guards
/// against mistakes of people who go through Trigger; who has a password for a device needs no Trigger to use it.
/// </para>
/// </summary>
public sealed class CommandPolicy
{
    /// <summary>No command is longer; what is, is denied unread.</summary>
    public const int LongestLine = 64 * 1024;

    private readonly IReadOnlyList<CommandRule> rules;
    private readonly IReadOnlyDictionary<string, PolicyRole> users;
    private readonly CommandRuling otherwise;

    internal CommandPolicy(IReadOnlyList<CommandRule> rules, IReadOnlyDictionary<string, PolicyRole> users, CommandRuling otherwise)
    {
        this.rules = rules;
        this.users = users;
        this.otherwise = otherwise;
    }

    /// <summary>Reads the file of this name.</summary>
    /// <param name="inventory">The devices that <c>devices = "…"</c> selects from.</param>
    /// <param name="mistakes">Takes what is wrong, each as <c>file:line: …</c>.</param>
    /// <returns>Null when there are mistakes.</returns>
    public static CommandPolicy? ReadFile(string path, NetDevices inventory, SelectionContext context, PlatformCatalog catalog, List<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        try
        {
            return Read(Config.ParseFile(path), inventory, context, catalog, mistakes);
        }
        catch (ConfigException bad)
        {
            mistakes.Add(bad.Message);
            return null;
        }
    }

    /// <inheritdoc cref="ReadFile"/>
    public static CommandPolicy? Read(Config config, NetDevices inventory, SelectionContext context, PlatformCatalog catalog, List<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(mistakes);
        try
        {
            return new CommandPolicyReader(config.GetConfig("policy"), inventory, context, catalog, mistakes).Read();
        }
        catch (ConfigException bad)
        {
            mistakes.Add(bad.Message);
            return null;
        }
    }

    /// <summary>The role of somebody who comes without one; an operator, unless the policy names the user.</summary>
    public PolicyRole RoleOf(string user) => users.GetValueOrDefault(user, PolicyRole.Operator);

    /// <summary>What the policy says of one command on one device. Never throws, whatever the text.</summary>
    public CommandRuling Judge(PolicyRole role, NetDevice device, SessionLanguage language, string command) =>
        Judge([.. rules.Where(rule => rule.IsAbout(role, device))], language, command);

    /// <summary>Every line of a run that must not be sent, each as a sentence that begins with the place of the rule; none when all may be.</summary>
    public IEnumerable<string> Mistakes(PolicyRole role, IEnumerable<RunLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var about = new Dictionary<NetDevice, string>(ReferenceEqualityComparer.Instance);
        foreach (var line in lines)
        {
            // Devices that the same rules are about are judged once: a run may be of a hundred thousand.
            var judged = line.Devices.GroupBy(device => About(role, device, about), StringComparer.Ordinal)
                .Select(alike => (Ruling: Judge([.. alike.Key.Select(rule => rules[rule])], line.Language, line.Step.Line), Devices: alike));
            foreach (var same in judged.Where(one => !one.Ruling.Allowed).GroupBy(one => one.Ruling, one => one.Devices))
                yield return $"{same.Key.Rule}: '{Quoted.Command(line.Step.Line)}' is denied to {Name(role)} on {(line with { Devices = [.. same.SelectMany(devices => devices)] }).Where}{same.Key.Because}.";
        }
    }

    /// <summary>How a line is compared with patterns.</summary>
    internal static string Text(SessionLanguage language, string command)
    {
        if (language == SessionLanguage.CommandLine)
            return string.Join(' ', command.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

        try
        {
            var step = NetconfStep.Parse(command);
            var store = step.Operation.Elements().Where(child => child.Name.LocalName is "target" or "source").OrderByDescending(child => child.Name.LocalName, StringComparer.Ordinal)
                .SelectMany(role => role.Elements()).FirstOrDefault()?.Name.LocalName;
            return store is null ? $"netconf {step.Name}" : $"netconf {step.Name} {store}";
        }
        catch (FormatException)
        {
            return "netconf ?";
        }
    }

    private static string Name(PolicyRole role) => role switch
    {
        PolicyRole.Viewer => "viewers",
        PolicyRole.Operator => "operators",
        _ => "admins",
    };

    // The numbers of the rules, one character each: a key that compares fast and can be read back.
    private string About(PolicyRole role, NetDevice device, Dictionary<NetDevice, string> known)
    {
        if (known.TryGetValue(device, out var key))
            return key;

        var numbers = new StringBuilder();
        for (var rule = 0; rule < rules.Count; rule++)
        {
            if (rules[rule].IsAbout(role, device))
                numbers.Append((char)rule);
        }

        return known[device] = numbers.ToString();
    }

    private CommandRuling Judge(IReadOnlyList<CommandRule> about, SessionLanguage language, string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (language == SessionLanguage.CommandLine && (command.Length > LongestLine || command.Any(c => char.IsControl(c) && c != '\t')))
            return new CommandRuling(false, otherwise.Rule, ": it is too long, or holds a control character, and a device would read more than one command");

        var line = Text(language, command);
        foreach (var rule in about)
        {
            if (rule.Means(line))
                return new CommandRuling(rule.Allows, rule.Origin);
        }

        return otherwise;
    }
}
