namespace Trigger.Acl.Model;

/// <summary>How a device family writes its filters.</summary>
public enum Dialect
{
    Ios,
    IosXr,
    NxOs,
    Asa,
    Eos,
    Brocade,
    Dell,
    Junos,
    ScreenOs,
    PanOs,
}
