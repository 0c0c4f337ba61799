using Samples.WorkerService;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Node;
using Trigger.Wire.Ssh;

// Your own service as a node of the cluster. Give it STORE (postgres://… or a directory), INVENTORY (a file), TRIGGER_USERNAME and TRIGGER_PASSWORD.
var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddTrigger(_ =>
{
    var platforms = PlatformCatalog.Load();
    var places = new[] { builder.Configuration["INVENTORY"] ?? "netdevices.csv" };
    var loaded = new InventoryReader().Load(places, platforms);
    if (loaded.Mistakes.Count > 0)
        throw new InvalidOperationException(string.Join(Environment.NewLine, loaded.Mistakes));

    var credentials = CredentialSource.Read(null, Environment.GetEnvironmentVariable).Credentials!;
    var state = builder.Configuration["STORE"] ?? "state";
    return new NodeHostOptions
    {
        Store = state,
        Name = builder.Configuration["NODE"] ?? Environment.MachineName,
        Api = null,
        Inventory = new NetDevicesSource(() => new InventoryReader().Load(places, platforms), loaded.Devices, places, _ => { }, TimeProvider.System, TimeSpan.FromSeconds(1)),
        InventoryPlaces = places,
        Platforms = platforms,
        Credentials = _ => CredentialBook.Of(credentials),
        KnownHosts = new KnownHosts(Path.Combine(Path.GetTempPath(), $"known_hosts.{Environment.ProcessId}"), []),
        HostKeys = HostKeyPolicy.AcceptNew,
    };
});
builder.Services.AddHostedService<ClockWatcher>();
await builder.Build().RunAsync();
