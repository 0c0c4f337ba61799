using System.Text;

namespace Trigger.Wire.Dialogue;

/// <summary>How a <see cref="LineDialogue"/> reads, waits and remembers.</summary>
public record DialogueOptions
{
    /// <summary>How long a read waits when it is not told. <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits for ever.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>UTF-8, or any charset of one byte a character. Characters may be cut anywhere on the way; bytes that are none become U+FFFD.</summary>
    public Encoding Charset { get; init; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>How many bytes may lie unread before the device is made to wait, and how many a read may look through before it gives up.</summary>
    public int Limit { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// How many characters before the news a pattern is looked for again, so the longest match that is certain to be found when it arrives in pieces. What was looked through
    /// before that is not looked through again, which keeps a read linear in what arrives.
    /// </summary>
    public int LongestMatch { get; init; } = 4096;

    /// <summary>
    /// What <see cref="LineDialogue.WriteLineAsync"/> ends a line with; null for what the protocol has: CR LF for Telnet (CR in BINARY), LF for others.
    /// </summary>
    public string? LineEnd { get; init; }

    /// <summary>The clock of the time limits; null for the system's.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Gets a line for everything that goes over the wire, secrets masked; null for none. Called on the caller's and the wire's threads.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Gets what a command says on its error stream, where <see cref="Ssh.SshDial.SeparateStderr"/> tells it apart; null to have it among the rest. Called on the wire's threads.</summary>
    public Action<ReadOnlyMemory<byte>>? Errors { get; init; }

    /// <summary>SSH: who to be, asked once, when the host key has been accepted. The line copies what it needs; they stay the asker's, to be disposed of when the dialogue is open.</summary>
    public Func<LineGreeting, LineCredentials>? Credentials { get; init; }
}
