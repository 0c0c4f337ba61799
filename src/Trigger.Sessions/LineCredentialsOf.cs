using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Wire;

namespace Trigger.Sessions;

/// <summary>Our credentials in the wire's shape. The copy is the line's, which wipes it when the server has judged.</summary>
public static class LineCredentialsOf
{
    public static LineCredentials ForLine(this Credentials credentials, NetDevice device) => new()
    {
        UserName = credentials.UserName,
        Password = (device.LoginPassword ?? credentials.Password)?.Utf8.ToArray(),
        Keys = [.. credentials.PrivateKeys.Select(key => new LineCredentials.PrivateKey(key.Path, File.ReadAllBytes(key.Path), key.Passphrase?.Utf8.ToArray()))],
        UseAgent = credentials.UseAgent,
    };
}
