namespace Trigger.Cli.Shell;

/// <summary><c>[user@]host</c>.</summary>
internal sealed record SshTarget(string? User, string Host)
{
    public static SshTarget Parse(string text)
    {
        // The last one: some names of users have one of their own.
        var at = text.LastIndexOf('@');
        return at < 0 ? new SshTarget(null, text.Trim('[', ']')) : new SshTarget(text[..at], text[(at + 1)..].Trim('[', ']'));
    }
}
