namespace Trigger.Node.Acls;

/// <summary>What became of the ACLs that a run loads on one device.</summary>
public enum AclLoadResult
{
    /// <summary>Every step was accepted. Only this takes entries out of the queue.</summary>
    Loaded,

    /// <summary>Something was refused, or nothing was begun; they wait as before.</summary>
    Failed,

    /// <summary>Nobody knows whether the device did what it was told. They wait, and a person has to look.</summary>
    InDoubt,
}
