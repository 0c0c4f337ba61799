using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Wire;

namespace Trigger.Sessions;

/// <summary>Our credentials in the wire's shape. The copy is the line's, which wipes it when the server has judged.</summary>
public static class LineCredentialsOf
{
    /// <param name="platform">Whose command line it will be, or null for a way without one (NETCONF).</param>
    public static LineCredentials ForLine(this Credentials credentials, NetDevice device, Platform? platform = null) => new()
    {
        UserName = platform is null ? credentials.NameOn(device) : credentials.NameFor(device, platform),
        Password = (device.LoginPassword ?? credentials.Password)?.Utf8.ToArray(),
        Keys = [.. credentials.PrivateKeys.Select(key => new LineCredentials.PrivateKey(key.Path, File.ReadAllBytes(key.Path), key.Passphrase?.Utf8.ToArray()))],
        UseAgent = credentials.UseAgent,
    };

    /// <summary>The user name as a platform wants it: some take their terminal's manners from a suffix. One that is there already is not put on twice.</summary>
    internal static string NameFor(this Credentials credentials, NetDevice device, Platform platform) =>
        credentials.NameOn(device) is var name && (platform.UserNameSuffix.Length == 0 || name.Length == 0 || name.EndsWith(platform.UserNameSuffix, StringComparison.Ordinal)) ? name : name + platform.UserNameSuffix;
}
