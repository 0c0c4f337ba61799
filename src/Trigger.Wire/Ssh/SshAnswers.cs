using System.Text;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// The answers of keyboard-interactive. A server may ask in several rounds, a round may have several prompts or none at all (RFC 4256 §3.2), and each prompt is answered by what the
/// credentials say of it, else by the password if it is hidden and by the user name if it asks for that.
/// </summary>
internal sealed unsafe class SshAnswers(SshSecrets secrets, string userName, bool canAsk)
{
    private const int MostRounds = 16;
    private const int MostPrompts = 16;

    // The same hidden question twice means that the answer was wrong: giving it again would only count towards a lock-out.
    private readonly HashSet<string> answered = [];
    private int rounds;

    internal enum Outcome
    {
        Given,

        /// <summary>A person must say.</summary>
        Unknown,

        Hopeless,
    }

    /// <summary>Answers the round that libssh has received.</summary>
    internal Outcome Give(nint session)
    {
        var prompts = Prompts(session);
        if (++rounds > MostRounds || prompts.Count > MostPrompts)
            return Outcome.Hopeless;

        var known = prompts.Select(Known).ToArray();
        if (known.Any(answer => answer is null))
            return canAsk ? Outcome.Unknown : Outcome.Hopeless;

        for (var i = 0; i < known.Length; i++)
            known[i]!(session, (uint)i);

        return Outcome.Given;
    }

    /// <summary>Gives what a person answered, and wipes it.</summary>
    internal static void Give(nint session, NativeSecret[] given)
    {
        for (var i = 0u; i < given.Length; i++)
        {
            _ = LibSsh.ssh_userauth_kbdint_setanswer(session, i, given[i].Pointer);
            given[i].Dispose();
        }
    }

    internal static SshQuestion Question(nint session, Action<NativeSecret[]?> answered) => new(
        FarText.Show(LibSsh.Borrow(LibSsh.ssh_userauth_kbdint_getname(session)) ?? ""),
        FarText.Show(LibSsh.Borrow(LibSsh.ssh_userauth_kbdint_getinstruction(session)) ?? ""),
        Prompts(session),
        answered);

    private static List<SshQuestion.Prompt> Prompts(nint session)
    {
        var prompts = new List<SshQuestion.Prompt>();
        var count = Math.Min(LibSsh.ssh_userauth_kbdint_getnprompts(session), MostPrompts + 1);
        for (var i = 0u; i < count; i++)
        {
            var text = LibSsh.Borrow(LibSsh.ssh_userauth_kbdint_getprompt(session, i, out var echo)) ?? "";
            prompts.Add(new SshQuestion.Prompt(FarText.Show(text), echo != 0));
        }

        return prompts;
    }

    private static bool AsksForName(string prompt) =>
        prompt.Contains("user", StringComparison.OrdinalIgnoreCase) || prompt.Contains("login", StringComparison.OrdinalIgnoreCase);

    private Action<nint, uint>? Known(SshQuestion.Prompt prompt)
    {
        var listed = secrets.Answers.FirstOrDefault(answer => prompt.Text.Contains(answer.Contains, StringComparison.OrdinalIgnoreCase)).Answer;
        if (listed is null && prompt.Echo)
        {
            if (!AsksForName(prompt.Text) && canAsk)
                return null;

            return (session, index) =>
            {
                using var text = new NativeSecret(AsksForName(prompt.Text) ? Encoding.UTF8.GetBytes(userName) : []);
                _ = LibSsh.ssh_userauth_kbdint_setanswer(session, index, text.Pointer);
            };
        }

        var secret = listed ?? secrets.Password;
        if (secret is null || !answered.Add(prompt.Text))
            return null;

        return (session, index) => _ = LibSsh.ssh_userauth_kbdint_setanswer(session, index, secret.Pointer);
    }
}
