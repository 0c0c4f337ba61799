namespace Trigger.Devices.Credentials;

/// <summary>
/// Which credentials fit a device, in the order in which they are tried: the next only when the device has refused the one before. Owns them all.
/// </summary>
public sealed class CredentialBook : IDisposable
{
    private readonly IReadOnlyList<Credentials> all;
    private readonly Func<NetDevice, IReadOnlyList<Credentials>> chosen;

    /// <param name="all">Everything that <paramref name="chosen"/> may answer.</param>
    public CredentialBook(IReadOnlyList<Credentials> all, Func<NetDevice, IReadOnlyList<Credentials>> chosen)
    {
        this.all = all;
        this.chosen = chosen;
    }

    /// <summary>The same for every device.</summary>
    public static CredentialBook Of(Credentials credentials)
    {
        Credentials[] only = [credentials];
        return new CredentialBook(only, _ => only);
    }

    /// <summary>What is tried first of all, or null when there is nothing. Says who to be where no device is asked, such as on the way to one.</summary>
    public Credentials? First => all.Count > 0 ? all[0] : null;

    /// <summary>Empty when none fits.</summary>
    public IReadOnlyList<Credentials> For(NetDevice device) => chosen(device);

    public void Dispose()
    {
        foreach (var credentials in all)
            credentials.Dispose();
    }
}
