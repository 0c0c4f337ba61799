namespace Trigger.Devices.Credentials;

/// <summary>One entry of a <see cref="CredentialStore"/>.</summary>
/// <param name="Realm">Its name: what the account belongs to. Letters, digits, '-', '_', '.'.</param>
/// <param name="On">The selection of devices that it is for.</param>
public sealed record StoredCredential(string Realm, string On, string UserName, Secret Password, Secret? EnablePassword) : IDisposable
{
    public void Dispose()
    {
        Password.Dispose();
        EnablePassword?.Dispose();
    }

    public override string ToString() => $"{Realm}: {UserName} on {On}";
}
