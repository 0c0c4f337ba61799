using System.Text;
using Trigger.Wire;

namespace Trigger.Sessions.Rehearsals;

/// <summary>The far end of a rehearsal: reads its part from the dialogue, and holds what is typed against it.</summary>
internal sealed class RehearsedDevice(Dialogue dialogue, Pieces pieces, bool echo, string lineEnd) : ILine
{
    public const string User = "rehearsal";
    public const string Password = "first-word";
    public const string EnablePassword = "second-word";

    private readonly Queue<ReadOnlyMemory<byte>> words = new();
    private int at;

    /// <summary>What is wrong, or null as long as all goes as written.</summary>
    public string? Mistake { get; private set; }

    public int LongestSpeech { get; private set; }

    /// <summary>Whether the device has said all it has to say and nothing more is typed in its part.</summary>
    public bool AtEnd => words.Count == 0 && Next() is null;

    public bool HasWords => words.Count > 0;

    public bool ExpectsMore => Next() is not null;

    /// <summary>Where in the file we are.</summary>
    public int Line => dialogue.Moves.Count == 0 ? 1 : dialogue.Moves[Math.Min(at, dialogue.Moves.Count - 1)].Line;

    public ReadOnlyMemory<byte> Listen() => words.Dequeue();

    public void Begin() => Speak("");

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (Mistake is not null)
            return;
        var typed = Encoding.UTF8.GetString(bytes);
        switch (Next())
        {
            case DialogueMove.Types expected:
                Hear(typed, Filled(expected.Text) + lineEnd, expected.Text);
                break;
            case DialogueMove.Answers expected:
                Hear(typed, Filled(expected.Text) + lineEnd, expected.Text);
                break;
            case DialogueMove.Presses expected:
                Hear(typed, expected.Keys, null);
                break;
            default:
                Mistake = $"{dialogue.Name}:{Line}: {Quoted.Text(typed)} was typed after the dialogue's end.";
                break;
        }
    }

    public void Authenticate(LineCredentials credentials) { }

    public void Pause() { }

    public void Resume() { }

    public void Close() { }

    public void Abort() { }

    public static string Filled(string text) => text
        .Replace("{user}", User, StringComparison.Ordinal)
        .Replace("{password}", Password, StringComparison.Ordinal)
        .Replace("{enable}", EnablePassword, StringComparison.Ordinal);

    private void Hear(string typed, string wanted, string? written)
    {
        if (typed != wanted)
        {
            Mistake = $"{dialogue.Name}:{Line}: the dialogue has {Quoted.Text(wanted)} here, but the session typed {Quoted.Text(typed)}.";
            return;
        }

        at++;
        var secret = written is null || written.Contains("{password}", StringComparison.Ordinal) || written.Contains("{enable}", StringComparison.Ordinal);
        Speak((secret || !echo ? "" : Filled(written!)) + (written is null ? "" : "\r\n"));
    }

    // The next thing that must be typed, or null. What is expected of the answers is not the device's business.
    private DialogueMove? Next()
    {
        while (at < dialogue.Moves.Count && dialogue.Moves[at] is DialogueMove.Ready or DialogueMove.Outcome)
            at++;
        return at < dialogue.Moves.Count ? dialogue.Moves[at] : null;
    }

    private void Speak(string echoed)
    {
        var speech = new StringBuilder(echoed);
        while (Next() is DialogueMove.Says says)
        {
            speech.Append(Filled(says.Text));
            at++;
        }

        var bytes = Encoding.UTF8.GetBytes(speech.ToString());
        LongestSpeech = Math.Max(LongestSpeech, bytes.Length);
        foreach (var piece in pieces.Of(bytes))
            words.Enqueue(piece);
    }
}
