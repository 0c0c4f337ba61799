using Trigger.Wire;

namespace Trigger.Sessions;

/// <summary>The wire's faults, in the words of a device's.</summary>
public static class FaultOf
{
    /// <param name="during">What the session was doing.</param>
    /// <param name="userName">Whom it tried to log in.</param>
    /// <param name="heard">The last text on the line.</param>
    public static DeviceFault Line(WireFault? fault, string during, string userName, string heard) => fault switch
    {
        null => new DeviceFault.LineLost(during, "the device closed it", heard),
        WireFault.Refused f => new DeviceFault.ConnectionRefused(f.Address),
        WireFault.Unreachable f => new DeviceFault.Unreachable(f.Address, f.Reason),
        WireFault.NameNotFound f => new DeviceFault.NameNotFound(f.Host, f.Reason),
        WireFault.Overdue f => new DeviceFault.TimedOut(Phrase(f.During), f.Waited, f.Received),
        WireFault.NotSsh f => new DeviceFault.NotSsh(f.Received),
        WireFault.AlgorithmMismatch f => new DeviceFault.AlgorithmMismatch(f.Kind, f.Offered, f.Allowed),
        WireFault.HandshakeFailed f => new DeviceFault.HandshakeFailed(f.Reason),
        WireFault.HostKeyUnknown f => new DeviceFault.HostKeyUnknown(f.Host, f.KeyType, f.Fingerprint),
        WireFault.HostKeyChanged f => new DeviceFault.HostKeyChanged(f.Host, f.KeyType, f.Known, f.Offered, f.Where),
        WireFault.HostKeyRevoked f => new DeviceFault.HostKeyRevoked(f.Host, f.Fingerprint, f.Where),
        WireFault.AuthenticationRefused f => new DeviceFault.LoginRefused(
            userName, Tried(f)),
        WireFault.ChannelRefused f => new DeviceFault.ShellRefused(f.What, f.Reason),
        WireFault.LineLost f => new DeviceFault.LineLost(f.During == "the session" ? during : Phrase(f.During), f.Reason, heard),
        WireFault.Disconnected f => new DeviceFault.LineLost(f.During == "the session" ? during : Phrase(f.During), $"it said goodbye (code {f.Code}): {f.Reason}", heard),
        WireFault.Silent f => new DeviceFault.LineLost(during, $"it left {f.Missed} questions whether it is still there unanswered, {f.Interval.TotalSeconds:0.#} s apart", heard),
        WireFault.AtHop f => AtHop(f, during, heard),
        WireFault.Misconfigured f => new DeviceFault.EngineFailed(f.Reason),
        _ => new DeviceFault.EngineFailed($"The line failed in a way that has no name yet: {fault}."),
    };

    // The sentences of a device, but for those that would blame the device.
    private static DeviceFault.HopFailed AtHop(WireFault.AtHop fault, string during, string heard)
    {
        var cause = Line(fault.Cause, during, "", heard);
        return fault.Cause switch
        {
            WireFault.AuthenticationRefused f => new DeviceFault.HopFailed(fault.Hop, $"It refused to log in '{f.UserName}': {Tried(f)}.", false),
            WireFault.ChannelRefused f => new DeviceFault.HopFailed(fault.Hop, $"It would not give {f.What}: {f.Reason}.", true),
            _ => new DeviceFault.HopFailed(fault.Hop, cause.Text, cause.WorthRetrying),
        };
    }

    private static string Tried(WireFault.AuthenticationRefused fault) =>
        $"tried {Listed(fault.Tried)}; {(fault.Accepted.Count > 0 ? $"it took {Listed(fault.Accepted)}, and that was not enough; " : "")}the server would still take {Listed(fault.Remaining)}";

    // The wire names phases; our sentences go on after "while".
    private static string Phrase(string during) => during switch
    {
        "the SSH handshake" => "waiting for the SSH handshake",
        "the session" => "talking",
        _ => during,
    };

    private static string Listed(IReadOnlyList<string> names) => names.Count == 0 ? "nothing" : string.Join(", ", names);
}
