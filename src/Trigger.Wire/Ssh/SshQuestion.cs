using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// One round of keyboard-interactive (RFC 4256 §3.2) that the credentials have no answer for, to be shown to a person. The line waits up to two minutes. Only the first answer counts; it
/// may be given on any thread.
/// </summary>
public sealed class SshQuestion
{
    private readonly Action<NativeSecret[]?> answered;
    private int answers;

    internal SshQuestion(string name, string instruction, IReadOnlyList<Prompt> prompts, Action<NativeSecret[]?> answered)
    {
        Name = name;
        Instruction = instruction;
        Prompts = prompts;
        this.answered = answered;
    }

    /// <summary>The server's title of the round; often empty. Foreign text with control characters escaped, as all text here.</summary>
    public string Name { get; }

    /// <summary>The server's explanation; often empty.</summary>
    public string Instruction { get; }

    public IReadOnlyList<Prompt> Prompts { get; }

    /// <summary>Answers every prompt, in order, in UTF-8. The bytes are copied, and are the caller's to wipe.</summary>
    /// <exception cref="ArgumentException">There are not as many answers as prompts.</exception>
    public void Answer(IReadOnlyList<byte[]> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count != Prompts.Count)
            throw new ArgumentException($"{Prompts.Count} prompts want as many answers, not {answers.Count}.", nameof(answers));

        Settle([.. answers.Select(answer => new NativeSecret(answer))]);
    }

    /// <summary>Gives up the login.</summary>
    public void Refuse() => Settle(null);

    private void Settle(NativeSecret[]? secrets)
    {
        if (Interlocked.Increment(ref answers) == 1)
        {
            answered(secrets);
            return;
        }

        foreach (var secret in secrets ?? [])
            secret.Dispose();
    }

    /// <param name="Text">The words before the place where the answer is typed.</param>
    /// <param name="Echo">Whether the answer may be seen while it is typed.</param>
    public sealed record Prompt(string Text, bool Echo);
}
