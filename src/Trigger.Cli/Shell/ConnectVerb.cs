using System.CommandLine;
using Trigger.Cli.Accounts;
using Trigger.Cli.Cluster;
using Trigger.Cli.Input;
using Trigger.Cli.Terminal;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Node;
using Trigger.Sessions;
using Trigger.Wire;
using Trigger.Wire.Ssh;
using Trigger.Wire.Telnet;

namespace Trigger.Cli.Shell;

/// <summary><c>trigger connect DEVICE</c>, which Trigger called <c>gong</c>.</summary>
internal sealed class ConnectVerb
{
    private readonly Argument<string> device = new("device") { Description = "A device of the inventory, or a part of its name.", HelpName = "DEVICE" };
    private readonly Option<string[]> inventory = new("--inventory", "-i") { Description = "Files, directories or URLs that list the devices. Default: as for 'trigger run'.", HelpName = "FILE" };
    private readonly Option<bool> oob = new("--oob", "-o") { Arity = ArgumentArity.Zero, Description = "Connect to the device's console, through its console server." };
    private readonly Option<string?> oobProtocol = new("--oob-protocol") { Description = "How the console server is reached: telnet or ssh. Default: the row's OOBTerminalServerProtocol, else telnet.", HelpName = "NAME" };
    private readonly Option<bool> noEnable = new("--no-enable") { Arity = ArgumentArity.Zero, Description = "Stay where the login ends. Default: enable, when an enable password is known." };
    private readonly Option<string?> gorc = new("--gorc") { Description = "Start-up commands by vendor. Default: ~/.gorc, if there is one.", HelpName = "FILE" };
    private readonly Option<string?> timeout = new("--login-timeout") { Description = "How long connecting, the handshake, the login and enabling may take, each.", HelpName = "TIME" };
    private readonly Option<string?> platforms = PlatformOption.Create();
    private readonly CredentialOptions credentials = new();
    private readonly WayOptions ways = new();
    private readonly HostKeyOptions hostKeys = new();
    private readonly ClusterOptions cluster = new();
    private readonly Option<bool> takeOver = new("--take-over") { Arity = ArgumentArity.Zero, Description = "With --cluster: reset the conversation that the device is in. What that was changing is then in doubt. Default: wait for it." };
    private readonly Option<bool> watch = new("--watch") { Arity = ArgumentArity.Zero, Description = "With --cluster: look at the conversation that the device is in, and type nothing." };
    private readonly ShellOptions shell = new("^X", "connect.escape");

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new ConnectVerb();
        var connect = new Command("connect", "Logs in to a device and hands you its command line. Also by the name of gong. Exit code: 0 the session ended in order, 1 it did not, 2 bad input.") { verb.device };
        connect.Aliases.Add("gong");
        foreach (var option in new Option[] { verb.inventory, verb.oob, verb.oobProtocol, verb.noEnable, verb.gorc, verb.timeout, verb.platforms, verb.takeOver, verb.watch })
            connect.Add(option);
        verb.credentials.AddTo(connect);
        verb.ways.AddTo(connect);
        verb.hostKeys.AddTo(connect);
        verb.cluster.AddTo(connect);
        verb.shell.AddTo(connect);
        connect.SetAction(verb.Act);
        examples.Add(connect, """
            trigger connect core1
            trigger connect core1 --transcript core1.log
            trigger connect core1 --oob --oob-protocol ssh
            trigger connect core1 --cluster n1:9110 --watch
            ln -s "$(command -v trigger)" ~/bin/gong && gong core1
            """);
        return connect;
    }

    private async Task<int> Act(ParseResult line, CancellationToken cancel)
    {
        var mistakes = new Mistakes();
        if (cluster.Asked(line))
            return await ThroughCluster(line, mistakes, cancel).ConfigureAwait(false);
        foreach (var only in new[] { takeOver, watch }.Where(line.GetValue))
            mistakes.Add($"{only.Name} needs --cluster: without one nobody else talks to the device.");

        var catalog = PlatformOption.Catalog(line, platforms);
        var limit = Numbers.Time("--login-timeout", line.GetValue(timeout) ?? Configured.Settings.Text("run.login-timeout"), mistakes);
        var chosen = Find(line, catalog, mistakes);
        var console = chosen is not null && line.GetValue(oob) ? ConsoleServer.Of(chosen, line.GetValue(oobProtocol), mistakes) : null;
        using var manners = mistakes.Any ? null : shell.Read(line, mistakes);
        if (mistakes.Any || chosen is null || manners is null)
            return mistakes.Say(Console.Error);

        if (!chosen.AdminStatus.Equals("PRODUCTION", StringComparison.OrdinalIgnoreCase))
            Console.Error.WriteLine("WARNING: You are connecting to a non-production device.");

        using var ssh = new SshTransport(hostKeys.Store(line, Console.Error.WriteLine), hostKeys.Policy(line), reactorCount: 1, warn: Console.Error.WriteLine);
        if (console is not null)
            return await ToConsole(line, console, chosen, ssh, manners, cancel).ConfigureAwait(false);

        using var who = credentials.ForOne(line, chosen, mistakes);
        using var led = ways.Read(line, [chosen], who?.First, mistakes);
        if (who is null || mistakes.Any)
            return mistakes.Say(Console.Error);

        ShellDesk.Say($"Connecting to {chosen.Name}.  Use {manners.Escape.Name} to exit.");
        var plan = new SessionPlan(Dial(ssh, led, new TelnetFallback(ways.TelnetFallback(line), led, Console.Error.WriteLine)), catalog, TimeProvider.System, limit);
        var call = new ConnectCall(chosen, plan.PlatformOf(chosen)!, plan, manners, StartUp(line, chosen.Vendor), !line.GetValue(noEnable));
        var code = await call.Make(who.For(chosen), cancel).ConfigureAwait(false);
        if (call.Renewed is { } renewed)
        {
            using var accepted = renewed.New;
            if (credentials.Store(line) is { } store)
                Keep(store, renewed.Old, accepted);
        }

        return code;
    }

    private async Task<int> ThroughCluster(ParseResult line, Mistakes mistakes, CancellationToken cancel)
    {
        if (line.GetValue(oob))
            mistakes.Add("--oob does not go with --cluster: a console server is called from here.");
        if (line.GetValue(takeOver) && line.GetValue(watch))
            mistakes.Add("--take-over and --watch exclude each other.");
        using var manners = shell.Read(line, mistakes);
        using var client = cluster.Open(line, mistakes);
        if (mistakes.Any || client is null || manners is null)
            return mistakes.Say(Console.Error);

        var call = new ClusterCall(client, manners);
        if (await call.Find(line.GetValue(device)!, mistakes).ConfigureAwait(false) is not var (name, vendor))
            return mistakes.Say(Console.Error);

        ShellDesk.Say($"Connecting to {name} through {client.Address.Authority}.  Use {manners.Escape.Name} to exit.");
        var manner = line.GetValue(watch) ? "watch" : line.GetValue(takeOver) ? "take-over" : "wait";
        return await call.Make(name, !line.GetValue(noEnable), manner, line.GetValue(watch) ? [] : StartUp(line, vendor), cancel).ConfigureAwait(false);
    }

    // The store's entry that was refused, with the password that was not.
    private static void Keep(string path, Credentials old, Credentials renewed)
    {
        try
        {
            var key = StoreOptions.KeyOf(path);
            using var store = CredentialStore.Open(path, key);
            if (store.Entries.FirstOrDefault(entry => entry.UserName == old.UserName && old.Password is { } refused && entry.Password.SameAs(refused)) is not { } entry || renewed.Password is not { } password
                || Ask($"The new password was accepted. Keep it for '{entry.Realm}' in {path}? [Y/n] ")?.Trim() is not ("" or "y" or "Y" or "yes"))
                return;

            using var kept = new StoredCredential(entry.Realm, entry.On, entry.UserName, Copy(password)!, Copy(entry.EnablePassword));
            store.With(kept).Save(path, key);
            Console.Error.WriteLine($"Credentials updated for user: '{entry.UserName}', realm: '{entry.Realm}'.");
        }
        catch (CredentialStoreException unusable)
        {
            Console.Error.WriteLine($"trigger: {unusable.Message}");
        }
    }

    private static Secret? Copy(Secret? secret) => secret is null ? null : new Secret(System.Text.Encoding.UTF8.GetString(secret.Utf8));

    // With the person's own terminal in place of the engine's endless page.
    private static DialLine Dial(SshTransport ssh, SshWays? ways, TelnetFallback fallback)
    {
        var telnet = new TelnetDialer();
        var (columns, rows) = ShellDesk.Size;
        return (device, platform, listener) => device.Protocol == Protocol.Telnet
            ? ByTelnet(device, platform, device.Port ?? 23, listener)
            : fallback.Dial(device, platform, listener, observer => BySsh(device, platform, observer), (port, observer) => ByTelnet(device, platform, port, observer));

        ILine ByTelnet(NetDevice device, Platform platform, int port, ILineObserver listener) => telnet.Dial(
            LineDialer.TelnetCall(device, platform) with { Port = port, TerminalType = ShellDesk.TerminalType, FurtherTerminalTypes = ["vt100"], Columns = columns, Rows = rows }, listener);

        ILine BySsh(NetDevice device, Platform platform, ILineObserver listener) => ssh.Dial(
            Led(device, LineDialer.SshCall(device, platform)) with { TerminalType = ShellDesk.TerminalType, Columns = columns, Rows = rows }, listener);

        SshDial Led(NetDevice device, SshDial dial) => ways?.Lead(device, dial) ?? dial;
    }

    private async Task<int> ToConsole(ParseResult line, ConsoleServer console, NetDevice of, SshTransport ssh, ShellManners manners, CancellationToken cancel)
    {
        ShellDesk.Say($"OOB Information for {of.Name}:\n  {console.Host} {console.Port} ({console.Protocol.ToString().ToLowerInvariant()})");
        var (columns, rows) = ShellDesk.Size;
        if (console.Protocol == Protocol.Telnet)
        {
            var call = new TelnetDial { Host = console.Host, Port = console.Port, Limits = DialLimits.Usual, TerminalType = ShellDesk.TerminalType, FurtherTerminalTypes = ["vt100"], Columns = columns, Rows = rows };
            return await TelnetVerb.Talk(call, manners, cancel).ConfigureAwait(false);
        }

        var mistakes = new Mistakes();
        var name = credentials.UserName(line) ?? Environment.GetEnvironmentVariable(CredentialSource.UserNameVariable) ?? Environment.UserName;
        using var who = SshIdentity.Gather(name, [], Environment.GetEnvironmentVariable(CredentialSource.PasswordVariable), mistakes);
        var dial = new SshDial { Host = console.Host, Port = console.Port, Limits = DialLimits.Usual, Algorithms = SshAlgorithms.Modern, TerminalType = ShellDesk.TerminalType, Columns = columns, Rows = rows };
        return await SshVerb.Talk(ssh, dial, manners, who, cancel).ConfigureAwait(false);
    }

    private NetDevice? Find(ParseResult line, PlatformCatalog catalog, Mistakes mistakes)
    {
        var places = Places.Inventories(line.GetValue(inventory));
        if (places.Count == 0)
        {
            mistakes.Add("There is no inventory. Name one with --inventory FILE; 'trigger ssh' and 'trigger telnet' need none.");
            return null;
        }

        var loaded = InventoryOptions.Load(places, catalog, mistakes);
        if (loaded is null || mistakes.Any)
            return null;

        var chooser = new DeviceChooser(Console.Error, RawTerminal.IsThere ? Ask : null);
        return chooser.Choose(loaded, line.GetValue(device)!, mistakes);
    }

    private static string? Ask(string question)
    {
        Console.Error.Write(question);
        return Console.ReadLine();
    }

    private IReadOnlyList<string> StartUp(ParseResult line, string vendor)
    {
        var named = line.GetValue(gorc) ?? Configured.Settings.Text("connect.gorc");
        var path = named ?? GorcFile.UsualPath;
        try
        {
            return GorcFile.CommandsFor(vendor, File.ReadAllText(path), refused => Console.Error.WriteLine($"{path}: '{refused}' is not allowed as a start-up command; it is left out."));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Most people have none; only who names one wants to hear of it.
            if (named is not null)
                Console.Error.WriteLine($"{path}: {unreadable.Message}");
            return [];
        }
    }
}
