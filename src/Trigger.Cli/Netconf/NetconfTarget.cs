using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Node;
using Trigger.Sessions;
using Trigger.Wire.Netconf;
using Trigger.Wire.Ssh;

namespace Trigger.Cli.Netconf;

/// <summary>Which device, who to be there, and how to reach its NETCONF.</summary>
internal sealed class NetconfTarget
{
    private readonly Argument<string> device = new("device") { Description = "A device of the inventory by name or selection, or an address: host, host:port.", HelpName = "DEVICE" };
    private readonly InventoryOptions inventory = new();
    private readonly Option<string?> port = new("--port") { Description = "Default: the inventory's field netconfPort, else 830, or 6513 over TLS.", HelpName = "PORT" };
    private readonly Option<string?> socket = new("--unix") { Description = "A Unix socket to speak over instead; DEVICE is then only a name.", HelpName = "PATH" };
    private readonly Option<string?> profile = new("--profile") { Description = $"What is peculiar to the device: {string.Join(", ", NetconfProfiles.Names)}. Default: the inventory's field netconfProfile.", HelpName = "NAME" };
    private readonly Option<string?> timeout = new("--timeout") { Description = "How long an answer may take: 30, 90s, 5m. Default: the setting netconf.timeout, 60s.", HelpName = "TIME" };
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object instead of XML." };
    private readonly TlsOptions tls = new();
    private readonly CredentialOptions credentials = new();
    private readonly HostKeyOptions hostKeys = new();
    private readonly WayOptions ways = new();

    public void AddTo(Command command)
    {
        command.Add(device);
        foreach (var option in new Option[] { port, socket, profile, timeout, json })
            command.Add(option);

        inventory.AddTo(command);
        tls.AddTo(command);
        credentials.AddTo(command);
        hostKeys.AddTo(command);
        ways.AddTo(command);

        // Everything about the device may stand behind the operation, too, as people type it.
        foreach (var option in command.Options)
            option.Recursive = true;
    }

    public string Name(ParseResult line) => line.GetValue(device)!;

    public bool Json(ParseResult line) => line.GetValue(json);

    /// <summary>All that is needed to connect, or null when there are mistakes.</summary>
    public NetconfCall? Prepare(ParseResult line, Mistakes mistakes)
    {
        var limit = Numbers.Time("--timeout", line.GetValue(timeout) ?? Configured.Settings.Text("netconf.timeout"), mistakes);
        var number = line.GetValue(port) is { } text ? Numbers.Whole("--port", text, 1, 65535, mistakes) : (int?)null;
        var options = new NetconfOptions();
        if (limit is { } patience)
            options = options with { Timeout = patience, HelloTimeout = patience };

        if (line.GetValue(socket) is { } path)
            return With(line, options, null, mistakes) is { } profiled ? new NetconfCall(profiled, new NetconfRoute.UnixSocket(path), null, null) : null;

        var found = Find(line, mistakes);
        if (tls.IsWanted(line))
        {
            var security = tls.Read(line, mistakes);
            var mine = With(line, options, found?.Fields.GetValueOrDefault("netconfProfile"), mistakes);
            return security is null || mine is null ? null : new NetconfCall(mine, new NetconfRoute.Tls(found!.Host, PortOf(found, number, NetconfRoute.TlsPort), security), null, null);
        }

        var who = mistakes.Any || found is null ? null : credentials.ForOne(line, found, mistakes);
        if (found is null || who is null || With(line, options, found.Fields.GetValueOrDefault("netconfProfile"), mistakes) is not { } chosen)
            return null;

        using (who)
        {
            var first = who.For(found)[0];
            var led = ways.Read(line, [found], first, mistakes);
            if (!mistakes.Any)
                return Call(line, found, first, number, chosen, led);

            led?.Dispose();
            return null;
        }
    }

    private NetconfOptions? With(ParseResult line, NetconfOptions options, string? known, Mistakes mistakes)
    {
        var name = line.GetValue(profile) ?? known ?? Configured.Settings.Text("netconf.profile");
        if (string.IsNullOrEmpty(name))
            return mistakes.Any ? null : options;

        if (NetconfProfiles.Find(name) is { } found)
            return mistakes.Any ? null : options with { Profile = found };

        mistakes.Add($"There is no NETCONF profile '{name}'; there are {string.Join(", ", NetconfProfiles.Names)}.");
        return null;
    }

    private NetconfCall Call(ParseResult line, NetDevice found, Credentials who, int? number, NetconfOptions options, SshWays? led)
    {
        var platform = PlatformOption.Usual().Get(found.Platform);
        var straight = LineDialer.SshCall(found, platform);
        var dial = (led?.Lead(found, straight) ?? straight) with { Port = PortOf(found, number, NetconfRoute.SshPort) };
        var transport = new SshTransport(hostKeys.Store(line, Console.Error.WriteLine), hostKeys.Policy(line), reactorCount: 1, warn: Console.Error.WriteLine);
        var secrets = who.ForLine(found);
        return new NetconfCall(options, new NetconfRoute.Ssh(transport, dial, secrets), transport, secrets, led);
    }

    // The inventory's port is that of its command line; NETCONF has one of its own, unless DEVICE was an address with a port.
    private static int PortOf(NetDevice found, int? number, int usual) =>
        number ?? NetconfDialer.PortOf(found) ?? (found.Source == AdHocDevice.Source ? found.Port : null) ?? usual;

    private NetDevice? Find(ParseResult line, Mistakes mistakes)
    {
        var name = Name(line);
        var found = inventory.NamedOrAddressed(line, [name], PlatformOption.Usual(), address => AdHocDevice.At(address), anyName: false, mistakes);
        if (found.Count > 1)
            mistakes.Add($"'{name}' means {found.Count} devices: {string.Join(", ", found.Take(20).Select(device => device.Name))}{(found.Count > 20 ? ", …" : "")}. This asks one at a time; 'trigger run --netconf' asks many.");
        return mistakes.Any || found.Count == 0 ? null : found[0];
    }
}
