namespace Trigger.Devices;

/// <summary>The way to a device's command line.</summary>
public enum Protocol
{
    Ssh,
    Telnet,
}
