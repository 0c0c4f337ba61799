namespace Trigger.Wire;

/// <summary>
/// Who to be on an SSH line. Secrets are byte buffers so that they can be wiped; whoever built the object owns it and may use it for several lines
/// as long as it has not disposed of it.
/// </summary>
public sealed class LineCredentials : IDisposable
{
    public required string UserName { get; init; }

    /// <summary>UTF-8 bytes for "password" and for every hidden prompt of "keyboard-interactive"; null when there is no password.</summary>
    public byte[]? Password { get; init; }

    /// <summary>Private keys in any format that OpenSSH writes, tried in this order before the agent and the password.</summary>
    public IReadOnlyList<PrivateKey> Keys { get; init; } = [];

    /// <summary>Whether the agent may be asked.</summary>
    public bool UseAgent { get; init; }

    /// <summary>The agent's socket; null for the one that <c>SSH_AUTH_SOCK</c> names.</summary>
    public string? AgentSocket { get; init; }

    /// <summary>Answers to particular prompts of "keyboard-interactive", looked through in this order before the password is given.</summary>
    public IReadOnlyList<PromptAnswer> Answers { get; init; } = [];

    public void Dispose()
    {
        if (Password is not null)
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(Password);

        foreach (var key in Keys)
            key.Dispose();

        foreach (var answer in Answers)
            answer.Dispose();
    }

    /// <summary>What to answer to a prompt.</summary>
    /// <param name="Contains">Words of the prompt, in any case: <c>verification code</c>.</param>
    /// <param name="Answer">UTF-8 bytes.</param>
    public sealed record PromptAnswer(string Contains, byte[] Answer) : IDisposable
    {
        public void Dispose() => System.Security.Cryptography.CryptographicOperations.ZeroMemory(Answer);

        public override string ToString() => Contains;
    }

    /// <summary>The text of a private key and what opens it.</summary>
    /// <param name="Name">Where it came from, for messages: a path, usually.</param>
    /// <param name="Pem">The file's bytes.</param>
    /// <param name="Passphrase">UTF-8, or null for a key that is not encrypted.</param>
    public sealed record PrivateKey(string Name, byte[] Pem, byte[]? Passphrase) : IDisposable
    {
        public void Dispose()
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(Pem);
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(Passphrase);
        }

        public override string ToString() => Name;
    }
}
