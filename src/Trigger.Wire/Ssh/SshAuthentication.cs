using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// Logs in, one method after the other: keys, agent, password, keyboard-interactive, each at most once and only while the server
/// lists it. Never waits: a step ends when libssh has nothing more to do.
/// </summary>
internal sealed unsafe class SshAuthentication : IDisposable
{
    private const int MostRounds = 16;

    private readonly SshSecrets secrets;
    private readonly string userName;
    private readonly List<Attempt> attempts = [];
    private readonly List<string> tried = [];
    private readonly HashSet<string> answered = [];
    private Attempt? current;
    private int rounds;

    internal SshAuthentication(SshSecrets secrets, string userName)
    {
        this.secrets = secrets;
        this.userName = userName;
        foreach (var (_, key) in secrets.Keys)
            attempts.Add(new Attempt(LibSsh.MethodPublicKey, "publickey", session => LibSsh.ssh_userauth_publickey(session, userName, key)));

        if (secrets.UseAgent)
            attempts.Add(new Attempt(LibSsh.MethodPublicKey, "publickey", session => LibSsh.ssh_userauth_agent(session, userName)));

        if (secrets.Password is not { } password)
            return;

        attempts.Add(new Attempt(
            LibSsh.MethodPassword, "password", session => LibSsh.ssh_userauth_password(session, userName, password.Pointer)));
        attempts.Add(new Attempt(
            LibSsh.MethodInteractive, "keyboard-interactive", session => LibSsh.ssh_userauth_kbdint(session, userName, null)));
    }

    internal enum Verdict
    {
        Waiting,
        Accepted,
        Refused,
        Lost,
    }

    internal WireFault Refusal(nint session) => new WireFault.AuthenticationRefused(userName, [.. tried], Methods(session));

    internal bool HasTried => tried.Count > 0;

    internal Verdict Step(nint session)
    {
        while (true)
        {
            current ??= Next(LibSsh.ssh_userauth_list(session, 0));
            if (current is null)
                return Verdict.Refused;

            switch (current.Try(session))
            {
                case LibSsh.AuthAgain:
                    return Verdict.Waiting;

                case LibSsh.AuthSuccess:
                    return Verdict.Accepted;

                case LibSsh.AuthInfo:
                    if (!Answer(session))
                        return Verdict.Refused;
                    break;

                default:
                    // Denied, or accepted in part: both leave a new list of methods. An error may be the method's own (no agent) or the line's.
                    if (SshLink.IsClosed(session))
                        return Verdict.Lost;
                    current = null;
                    break;
            }
        }
    }

    public void Dispose() => secrets.Dispose();

    private static List<string> Methods(nint session)
    {
        (int Bit, string Name)[] names =
        [
            (LibSsh.MethodPublicKey, "publickey"), (LibSsh.MethodPassword, "password"),
            (LibSsh.MethodInteractive, "keyboard-interactive"), (LibSsh.MethodHostBased, "hostbased"), (LibSsh.MethodGssapi, "gssapi-with-mic"),
        ];
        var allowed = LibSsh.ssh_userauth_list(session, 0);
        return [.. names.Where(method => (allowed & method.Bit) != 0).Select(method => method.Name)];
    }

    private static bool AsksForName(string prompt) =>
        prompt.Contains("user", StringComparison.OrdinalIgnoreCase) || prompt.Contains("login", StringComparison.OrdinalIgnoreCase);

    private Attempt? Next(int allowed)
    {
        var next = attempts.Find(attempt => (attempt.Method & allowed) != 0);
        if (next is null)
            return null;

        attempts.Remove(next);
        if (!tried.Contains(next.Name))
            tried.Add(next.Name);

        return next;
    }

    // A server may ask in several rounds, and a round may have no question at all (RFC 4256 §3.2). The same hidden question twice means
    // that the password was wrong: giving it again would only count towards a lock-out.
    private bool Answer(nint session)
    {
        if (++rounds > MostRounds)
            return false;

        var count = LibSsh.ssh_userauth_kbdint_getnprompts(session);
        for (var i = 0u; i < count; i++)
        {
            var prompt = LibSsh.Borrow(LibSsh.ssh_userauth_kbdint_getprompt(session, i, out var echo)) ?? "";
            if (echo == 0 && !answered.Add(prompt))
                return false;

            if (echo == 0)
            {
                _ = LibSsh.ssh_userauth_kbdint_setanswer(session, i, secrets.Password!.Pointer);
                continue;
            }

            using var text = new NativeSecret(AsksForName(prompt) ? System.Text.Encoding.UTF8.GetBytes(userName) : []);
            _ = LibSsh.ssh_userauth_kbdint_setanswer(session, i, text.Pointer);
        }

        return true;
    }

    private sealed record Attempt(int Method, string Name, Func<nint, int> Try);
}
