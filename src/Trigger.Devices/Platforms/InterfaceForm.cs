namespace Trigger.Devices.Platforms;

/// <summary>What a device's interfaces are written in.</summary>
public enum InterfaceForm
{
    /// <summary>A block for each, as in the configuration of IOS and all that resembles it.</summary>
    Ios,

    /// <summary>Junos's configuration as XML.</summary>
    Junos,

    /// <summary>A paragraph for each, as FRR's <c>show interface</c> tells it.</summary>
    Frr,

    /// <summary>Lines of iproute2: <c>ip -o link show</c>, then <c>ip -o addr show</c>.</summary>
    Linux,
}
