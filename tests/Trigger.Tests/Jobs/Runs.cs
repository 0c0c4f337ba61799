using System.Collections.Frozen;
using Trigger.Devices;
using Trigger.Jobs;
using Trigger.Sessions;

namespace Trigger.Tests.Jobs;

/// <summary>Runs, devices and events for tests to begin with.</summary>
internal static class Runs
{
    public static readonly RunId Id = new("20260101-0000-abcd");

    public static RunSpec Spec(params string[] commands) => new()
    {
        Id = Id,
        Commands = commands,
        Selection = "vendor=cisco",
        Inventory = ["devices.csv"],
        Parallel = 10,
        AuthFailures = 3,
        At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        By = "alice",
    };

    public static NetDevice Device(string name, string platform = "cisco_ios", Secret? loginPassword = null, string vendor = "cisco", string? site = null) => new()
    {
        LoginPassword = loginPassword, Name = name, Host = name, Vendor = vendor, Manufacturer = "CISCO", DeviceType = "ROUTER", Platform = platform, Protocol = Protocol.Ssh, AdminStatus = "PRODUCTION",
        Fields = site is null ? FrozenDictionary<string, string?>.Empty : new Dictionary<string, string?> { ["site"] = site }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase), Source = "test:1",
    };

    public static RunEvent Chosen(int devices) =>
        new RunEvent.DevicesChosen([.. Enumerable.Range(1, devices).Select(number => new ChosenDevice($"r{number}", "cisco_ios"))]);

    public static RunEvent Ended(int device, int step, StepVerdict verdict = StepVerdict.Accepted, bool inWorkMode = true) =>
        RunRules.Outcome(device, step, verdict, verdict == StepVerdict.Accepted ? null : new DeviceFault.DeviceError("% Invalid input"), inWorkMode: inWorkMode);

    /// <summary>The state of a run of that many devices after these events.</summary>
    public static RunState After(RunSpec spec, int devices, params IEnumerable<RunEvent> events) =>
        events.Prepend(Chosen(devices)).Prepend(new RunEvent.Accepted(spec)).Aggregate(RunState.Empty, RunRules.Apply);
}
