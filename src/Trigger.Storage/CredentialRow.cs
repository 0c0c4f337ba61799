namespace Trigger.Storage;

/// <summary>An account of the cluster for its devices.</summary>
/// <param name="On">The selection of devices that it is for.</param>
/// <param name="OwnEnable">Whether the enable password is another one.</param>
/// <param name="KeyId">Which key opens it.</param>
/// <param name="Secret">What is encrypted.</param>
public sealed record CredentialRow(string Realm, string On, string UserName, bool OwnEnable, string KeyId, byte[] Secret, DateTimeOffset At, string By);
