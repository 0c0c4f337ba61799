namespace Trigger.Node.Accounts;

/// <summary>An account of the cluster as it stands on record: everything but what is secret.</summary>
/// <param name="On">The selection of devices that it is for.</param>
/// <param name="OwnEnable">Whether the enable password is another one.</param>
/// <param name="Usable">Whether the node that tells this can open it.</param>
public sealed record AccountRecord(string Realm, string On, string User, bool OwnEnable, bool Usable, DateTimeOffset At, string By);
