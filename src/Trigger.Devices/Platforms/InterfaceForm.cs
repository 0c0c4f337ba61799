namespace Trigger.Devices.Platforms;

/// <summary>What a device's interfaces are written in.</summary>
public enum InterfaceForm
{
    /// <summary>A block for each, as in the configuration of IOS and all that resembles it.</summary>
    Ios,

    /// <summary>Junos's configuration as XML.</summary>
    Junos,
}
