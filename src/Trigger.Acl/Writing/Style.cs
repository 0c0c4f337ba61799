namespace Trigger.Acl.Writing;

/// <summary>The forms in which a filter can be written.</summary>
public enum Style
{
    Ios,
    IosNamed,
    IosXr,
    NxOs,
    Asa,
    Eos,
    Brocade,
    Dell,
    Junos,
    JunosSet,
    ScreenOs,
}
