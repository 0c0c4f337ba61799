using Trigger.Wire.Dialogue;

namespace Trigger.Wire.Ssh;

/// <summary>
/// An SSH session to be used alone: a shell to talk with, or one command. Everything that it reads and writes with is <see cref="LineDialogue"/>'s. The transport is the
/// caller's and may carry thousands of them.
/// </summary>
public sealed class SshSession : LineDialogue
{
    private SshSession(DialogueOptions options)
        : base(options)
    {
    }

    /// <summary>Connects, logs in and opens what the dial asks for: a shell in a terminal, usually.</summary>
    /// <param name="credentials">Stay the caller's; the line copies what it needs.</param>
    /// <exception cref="LineOpenException">Not connected, not let in or no shell; the fault says which and why.</exception>
    public static async Task<SshSession> ConnectAsync(
        SshTransport transport, SshDial dial, LineCredentials credentials, DialogueOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(credentials);
        var session = new SshSession((options ?? new DialogueOptions()) with { Credentials = _ => credentials });
        await session.Open(observer => transport.Dial(dial, observer), cancel).ConfigureAwait(false);
        return session;
    }

    /// <summary>Runs one command without a terminal, on a connection of its own, and returns what it said on both of its streams.</summary>
    /// <inheritdoc cref="ConnectAsync"/>
    public static async Task<SshExecution> ExecAsync(
        SshTransport transport, SshDial dial, LineCredentials credentials, string command, DialogueOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(dial);
        var call = dial with { Service = new SshService.Exec(command), Terminal = false };
        options ??= new DialogueOptions();
        using var errors = new MemoryStream();
        if (dial.SeparateStderr && options.Errors is null)
            options = options with { Errors = bytes => Keep(errors, bytes.Span, options.Limit) };

        await using var session = await ConnectAsync(transport, call, credentials, options, cancel).ConfigureAwait(false);
        session.Line.EndInput();
        var output = await session.ReadAllAsync(cancel: cancel).ConfigureAwait(false);
        return new SshExecution(output, options.Charset.GetString(errors.ToArray()), session.Exit);
    }

    // What is beyond the limit is dropped: errors are for a person to read.
    private static void Keep(MemoryStream errors, ReadOnlySpan<byte> bytes, int limit) => errors.Write(bytes[..(int)Math.Min(bytes.Length, limit - errors.Length)]);

    /// <summary>Tells the far end the window's new size.</summary>
    public void Resize(int columns, int rows) => Line.Resize(columns, rows);
}
