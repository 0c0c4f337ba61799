using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// From the accepted host key to the server's "welcome". First "none" is asked (RFC 4252 §5.2): it brings the banner and the list of methods, lets libssh see which RSA signatures
/// the server takes before a key is tried, and is all that some devices want. Then the credentials are needed.
/// </summary>
internal sealed class SshLogin(SshDial dial)
{
    private SshSecrets? secrets;
    private SshAuthentication? authentication;
    private bool introduced;
    private bool asking;

    internal enum Progress
    {
        /// <summary>The server must answer first.</summary>
        Waiting,

        /// <summary>We must be told who to be.</summary>
        WantsCredentials,

        /// <summary>A person must be asked; told once a question.</summary>
        Asking,

        Done,

        Failed,
    }

    internal bool HasCredentials => secrets is not null;

    private string? UserName => dial.UserName ?? secrets?.UserName;

    /// <summary>Takes the credentials; owned from here on.</summary>
    internal void Take(SshSecrets offered) => secrets = offered;

    internal Progress Step(SshLink link, string during, out WireFault? fault)
    {
        fault = null;
        if (asking)
            return Progress.Waiting;

        if (!introduced && UserName is { } name)
        {
            var result = LibSsh.ssh_userauth_none(link.Session, name);
            if (result == LibSsh.AuthAgain)
                return Progress.Waiting;

            introduced = true;
            if (result == LibSsh.AuthSuccess)
                return Progress.Done;

            if (SshLink.IsClosed(link.Session))
                return Failed(link.Lost(during), out fault);
        }

        if (secrets is null)
            return Progress.WantsCredentials;

        if (authentication is null && secrets.AgentSocket is { } socket && link.UseAgent(socket) is { } mistake)
            return Failed(new WireFault.Misconfigured(mistake), out fault);

        authentication ??= new SshAuthentication(secrets, UserName!, dial.Methods, dial.Ask is not null);
        switch (authentication.Step(link.Session))
        {
            case SshAuthentication.Verdict.Waiting:
                return Progress.Waiting;
            case SshAuthentication.Verdict.Asking:
                asking = true;
                return Progress.Asking;
            case SshAuthentication.Verdict.Accepted:
                return Progress.Done;
            case SshAuthentication.Verdict.Lost when !link.ErrorText.Contains("Too many authentication", StringComparison.OrdinalIgnoreCase):
                return Failed(link.Lost(during), out fault);
            default:
                // "Too many authentication failures" is OpenSSH's way to say "refused" once MaxAuthTries is spent.
                return Failed(authentication.Refusal(link.Session), out fault);
        }
    }

    /// <summary>A person has answered, or would not. False when no question is open.</summary>
    internal bool Answer(SshLink link, NativeSecret[]? given, out WireFault? fault)
    {
        fault = null;
        if (!asking)
            return false;

        asking = false;
        if (given is null)
            fault = authentication!.Refusal(link.Session);
        else
            SshAnswers.Give(link.Session, given);

        return true;
    }

    /// <summary>Wipes the credentials.</summary>
    internal void Forget()
    {
        secrets?.Dispose();
        (secrets, authentication) = (null, null);
    }

    private static Progress Failed(WireFault cause, out WireFault? fault)
    {
        fault = cause;
        return Progress.Failed;
    }
}
