using Trigger.Wire.Ssh;

namespace Trigger.Lab.Ssh;

/// <summary>Who is let in, and how. A method that is null is not offered. The judges are called on server threads and must not wait.</summary>
public sealed record LabSshLogin
{
    /// <summary>Judges user name and password (RFC 4252 §8).</summary>
    public Func<string, string, bool>? Password { get; init; }

    /// <summary>Judges user name and the answer to one hidden prompt (RFC 4256).</summary>
    public Func<string, string, bool>? KeyboardInteractive { get; init; }

    /// <summary>The prompt of keyboard-interactive.</summary>
    public string Prompt { get; init; } = "Password: ";

    /// <summary>Judges user name and public key (RFC 4252 §7); the signature has been verified.</summary>
    public Func<string, HostKey, bool>? PublicKey { get; init; }

    /// <summary>Whether anyone is let in without credentials.</summary>
    public bool Everyone { get; init; }

    /// <summary>One user, one password, by either password method.</summary>
    public static LabSshLogin For(string userName, string password)
    {
        bool Judge(string user, string answer) => user == userName && answer == password;
        return new LabSshLogin { Password = Judge, KeyboardInteractive = Judge };
    }
}
