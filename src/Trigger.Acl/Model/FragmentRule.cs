namespace Trigger.Acl.Model;

/// <summary>What a device does with a fragment that carries no ports.</summary>
public enum FragmentRule
{
    /// <summary>A permit matches it on addresses and protocol alone; a deny that asks for ports never does (Cisco's documented rule).</summary>
    PermitOnLayer3,

    /// <summary>A condition on a field that is not there does not hold (Junos).</summary>
    NoField,

    /// <summary>The device puts packets together first, so there are no fragments to speak of (ASA, ScreenOS, PAN-OS).</summary>
    Reassembles,
}
