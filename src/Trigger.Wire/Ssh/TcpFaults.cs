using System.Runtime.InteropServices;

namespace Trigger.Wire.Ssh;

/// <summary>Linux's errno of a failed connect, as a fault.</summary>
internal static class TcpFaults
{
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;
    private const int TooManyFilesInSystem = 23;
    private const int TooManyFiles = 24;
    private const int AddressNotAvailable = 99;
    private const int ConnectionReset = 104;
    private const int TimedOut = 110;
    private const int Refused = 111;

    internal static WireFault Of(int error, string address, TimeSpan waited) => error switch
    {
        Refused => new WireFault.Refused(address),
        TimedOut => new WireFault.Overdue("connecting", waited, ""),
        ConnectionReset => new WireFault.LineLost("connecting", Text(error)),
        TooManyFiles or TooManyFilesInSystem =>
            new WireFault.Misconfigured($"{Text(error)}; raise the limit (ulimit -n). Every session takes one."),
        AddressNotAvailable or AccessDenied or NotPermitted => new WireFault.Unreachable(address, $"{Text(error)} (on our side)"),
        _ => new WireFault.Unreachable(address, Text(error)),
    };

    private static string Text(int error) => Marshal.GetPInvokeErrorMessage(error);
}
