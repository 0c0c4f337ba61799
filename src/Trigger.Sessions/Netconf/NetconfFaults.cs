using Trigger.Wire.Netconf;

namespace Trigger.Sessions.Netconf;

/// <summary>NETCONF's faults, in the words of a device's.</summary>
internal static class NetconfFaults
{
    /// <param name="during">What the session was doing, as the end of the sentence "the line was lost while …".</param>
    /// <param name="command">The step under way.</param>
    /// <param name="limit">How large an answer may be, in bytes.</param>
    public static DeviceFault Of(Exception failure, string during, string userName, string command, int limit) => failure switch
    {
        RpcErrorException refused => new DeviceFault.DeviceError(refused.First.ToString()),
        NetconfException broken => Of(broken.Fault, during, userName, command, limit),
        FormatException wrong => new DeviceFault.EngineFailed($"'{Quoted.Command(command)}' is no NETCONF operation: {wrong.Message}"),
        _ => new DeviceFault.EngineFailed($"The NETCONF session failed while {during}: {failure.Message}"),
    };

    private static DeviceFault Of(NetconfFault fault, string during, string userName, string command, int limit) => fault switch
    {
        NetconfFault.Line line => FaultOf.Line(line.Fault, during, userName, ""),
        NetconfFault.Overdue late => new DeviceFault.TimedOut(during, late.Waited, ""),
        NetconfFault.Closed => new DeviceFault.LineLost(during, "the device closed the NETCONF session", ""),
        NetconfFault.Ended => new DeviceFault.LineLost(during, "the NETCONF session was over", ""),
        NetconfFault.MissingCapability missing => new DeviceFault.NotSupported(missing.Operation, missing.Capability),
        NetconfFault.TooLarge => new DeviceFault.TooMuchOutput(command, limit),
        NetconfFault.BadHello hello => new DeviceFault.HandshakeFailed(hello.Reason),
        _ => new DeviceFault.LineLost(during, fault.ToString()!.TrimEnd('.'), ""),
    };

    /// <summary>Whether the request certainly never reached the device.</summary>
    public static bool WasNotSent(Exception failure) => failure is FormatException or NetconfException { Fault: NetconfFault.MissingCapability };
}
