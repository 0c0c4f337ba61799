using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Trigger.Scenarios.Rig;

/// <summary>
/// Where an operator sits for one test: an inventory, a known_hosts, a state directory and an environment of its own. When the test is over nothing that the product
/// wrote or said may hold a secret.
/// </summary>
public sealed class Desk : IAsyncDisposable
{
    private readonly Lab lab;
    private readonly string[] secrets;
    private readonly List<string> rows = ["nodeName,platform,address,port,protocol,hostKey,sshAlgorithms"];
    private readonly Dictionary<string, string?> environment = [];
    private readonly List<Running> running = [];

    internal Desk(Lab lab, string[] secrets)
    {
        this.lab = lab;
        this.secrets = secrets;
        Folder = Directory.CreateTempSubdirectory("trigger-desk-").FullName;
        // The servers' users come by here, too: they write what they were sent.
        System.IO.File.SetUnixFileMode(Folder, (UnixFileMode)0b111_111_111);
        Directory.CreateDirectory(State);
    }

    public string Folder { get; }

    public string State => File("state");

    /// <summary>What <c>--state</c> says: the directory, unless the journal is on a server.</summary>
    public string? Journal { get; set; }

    public string KnownHosts => File("known_hosts");

    /// <summary>Whether runs are told to record host keys that they see for the first time.</summary>
    public bool AcceptNew { get; set; } = true;

    /// <summary>A device may be asked to print its own passwords; then they are in the answer, and rightly.</summary>
    public bool DevicesTellSecrets { get; set; }

    public string File(string name) => Path.Combine(Folder, name);

    public string Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        System.IO.File.WriteAllText(File(name), text);
        System.IO.File.SetUnixFileMode(File(name), mode);
        return File(name);
    }

    /// <summary>A pipe by name: who reads it waits for who writes, and the other way round.</summary>
    public async Task<string> Pipe(string name)
    {
        await Tool.Run("mkfifo", "-m", "666", File(name));
        return File(name);
    }

    public Desk With(string variable, string? value)
    {
        environment[variable] = value;
        return this;
    }

    public Desk As(string user, string? password) => With("TRIGGER_USERNAME", user).With("TRIGGER_PASSWORD", password);

    public Desk Device(string name, string platform, string address, int port, string protocol = "ssh", string hostKey = "", string algorithms = "")
    {
        rows.Add($"{name},{platform},{address},{port},{protocol},{hostKey},{algorithms}");
        return this;
    }

    /// <summary>Routers of their own, and their passwords in the environment.</summary>
    public int[] Routers(int count, string platform = "frr_vty")
    {
        var numbers = lab.Take(count);
        foreach (var number in numbers)
            Device($"r{number}", platform, $"127.30.0.{number}", Lab.Vty, "telnet");
        With("TRIGGER_PASSWORD", Lab.RouterPassword).With("TRIGGER_ENABLEPW", Lab.EnablePassword);
        return numbers;
    }

    /// <summary>A Linux server over SSH, its password in the environment, its key accepted when it is first seen.</summary>
    public Desk Server(string name = "unix", string address = "127.0.0.1", int port = Lab.Ssh)
    {
        As(Lab.Shell, Lab.Password);
        return Device(name, "linux", address, port);
    }

    /// <summary>Runs commands on every device of the inventory and waits for the end.</summary>
    public Task<Ran> Run(params string[] arguments) => Start(["run", "--on", "all", "--json", .. Places(), .. arguments]).End();

    public Running Begin(params string[] arguments) => Start(["run", "--on", "all", "--json", .. Places(), .. arguments]);

    public Task<Ran> Job(params string[] arguments) => Start(["job", .. arguments, "--state", Journal ?? State]).End();

    public Task<Ran> Resume(string run) => Start(["job", "resume", run, "--json", "--accept-new", "--known-hosts", KnownHosts, "--state", Journal ?? State]).End();

    public Task<Ran> Trigger(params string[] arguments) => Start(arguments).End();

    /// <param name="inside">A program that starts it.</param>
    /// <param name="executable">False when what is inside is the whole command.</param>
    public Running Start(string[] arguments, string? input = null, string[]? inside = null, bool executable = true)
    {
        // A test run in the background of a script ignores SIGINT, and hands that down to all it starts.
        string[] command = ["/usr/bin/env", "--default-signal=INT", .. inside ?? [], .. executable ? [Executable] : Array.Empty<string>(), .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]);
        start.WorkingDirectory = Folder;
        foreach (var inherited in new[] { "SSH_AUTH_SOCK", "TRIGGER_USERNAME", "TRIGGER_PASSWORD", "TRIGGER_ENABLEPW", "TRIGGER_INVENTORY", "NETDEVICES_SOURCE", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "TRIGGER_CONFIG", "TRIGGER_CREDENTIALS" })
            start.Environment.Remove(inherited);
        start.Environment["HOME"] = Folder;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var begun = new Running(start, input);
        running.Add(begun);
        return begun;
    }

    /// <summary>Where this desk keeps things, as arguments; writes the inventory.</summary>
    public string[] Places()
    {
        var inventory = Write("netdevices.csv", string.Join('\n', rows) + "\n");
        return ["--inventory", inventory, "--state", Journal ?? State, "--known-hosts", KnownHosts, .. AcceptNew ? ["--accept-new"] : Array.Empty<string>()];
    }

    /// <summary>The only run in the state directory, as <c>job list --json</c> tells of it: its id and its state.</summary>
    public async Task<(string Id, string State)> TheRun()
    {
        using var json = JsonDocument.Parse(Assert.Single((await Job("list", "--json")).Exits(0).Lines));
        return (json.RootElement.GetProperty("run").GetString()!, json.RootElement.GetProperty("state").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        var said = new List<(string Where, byte[] Text)>();
        foreach (var one in running)
        {
            one.Stop();
            var ended = await one.End();
            said.Add(("standard output", Encoding.UTF8.GetBytes(ended.Out)));
            said.Add(("standard error", Encoding.UTF8.GetBytes(ended.Error)));
            one.Dispose();
        }

        foreach (var path in Directory.EnumerateFiles(State, "*", SearchOption.AllDirectories))
            said.Add((path, System.IO.File.ReadAllBytes(path)));
        Directory.Delete(Folder, recursive: true);

        if (DevicesTellSecrets)
            return;
        foreach (var secret in secrets)
        {
            foreach (var (where, text) in said)
                Assert.False(text.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0, $"The secret '{secret}' is in {where}.");
        }
    }

    internal static string Executable
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
            return Path.Combine(output.Parent!.Parent!.FullName, "Trigger.Cli", output.Name, "trigger");
        }
    }
}
